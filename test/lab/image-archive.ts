import { createHash } from 'node:crypto';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './command.ts';
import type { HealthSpec, ImageSpec } from './images.ts';

/** Images in the form of `docker save`, which both engines load, health checks included; and their IDs by tag. */
export interface ImageArchive {
  tar: Buffer;
  ids: Record<string, string>;
}

interface Layer {
  /** File name within the archive. */
  name: string;
  diffId: string;
}

/** Packs images; the same specs and the same busybox give the same bytes, and so the same IDs. */
export async function packImages(specs: readonly ImageSpec[], busybox: string): Promise<ImageArchive> {
  const work = await mkdtemp(join(tmpdir(), 'gear-lab-images-'));
  try {
    const base = await packLayer(work, (folder) => installBusybox(folder, busybox));
    const ids: Record<string, string> = {};
    const manifest = [];
    for (const spec of specs) {
      const layers = [base, await packLayer(work, (folder) => writeFiles(folder, spec.files ?? {}))];
      const config = JSON.stringify(imageConfig(spec, layers));
      const id = sha256(config);
      await writeFile(join(work, `${id}.json`), config);
      manifest.push({
        Config: `${id}.json`,
        RepoTags: [fullName(spec.tag)],
        Layers: layers.map((layer) => layer.name),
      });
      ids[spec.tag] = `sha256:${id}`;
    }
    await writeFile(join(work, 'manifest.json'), JSON.stringify(manifest));
    const file = join(work, 'archive');
    const names = new Set(['manifest.json', ...manifest.flatMap((entry) => [entry.Config, ...entry.Layers])]);
    await run([...tarCommand(work, file), ...names]);
    return { tar: await readFile(file), ids };
  } finally {
    await rm(work, { recursive: true });
  }
}

async function packLayer(work: string, fill: (folder: string) => Promise<void>): Promise<Layer> {
  const folder = await mkdtemp(join(work, 'layer-'));
  // The root of the container gets this folder's mode, and not every user is root.
  await chmod(folder, 0o755);
  await fill(folder);
  const file = `${folder}.tar`;
  await run([...tarCommand(folder, file), '.']);
  const digest = sha256(await readFile(file));
  const name = `${digest}.tar`;
  await copyFile(file, join(work, name));
  return { name, diffId: `sha256:${digest}` };
}

function tarCommand(folder: string, file: string): string[] {
  const reproducible = ['--sort=name', '--mtime=@0', '--owner=0', '--group=0', '--numeric-owner'];
  return ['tar', ...reproducible, '-C', folder, '-cf', file];
}

async function installBusybox(folder: string, busybox: string): Promise<void> {
  for (const name of ['bin', 'etc', 'root', 'tmp']) await mkdir(join(folder, name));
  await chmod(join(folder, 'tmp'), 0o1777);
  await writeFile(
    join(folder, 'etc/passwd'),
    'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n',
  );
  await writeFile(join(folder, 'etc/group'), 'root:x:0:\nnogroup:x:65534:\n');
  await copyFile(busybox, join(folder, 'bin/busybox'));
  const { stdout } = await run([busybox, '--list']);
  const applets = stdout.split('\n').filter((name) => name !== '' && name !== 'busybox');
  for (const name of applets) await symlink('busybox', join(folder, 'bin', name));
}

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    await chmod(file, dirname(file).endsWith('bin') ? 0o755 : 0o644);
  }
}

/** The image configuration of Docker's image specification 1.2, which adds Healthcheck to the OCI's. */
function imageConfig(spec: ImageSpec, layers: Layer[]): unknown {
  const set = (names: string[] | undefined) => names && Object.fromEntries(names.map((name) => [name, {}]));
  const env = { PATH: '/bin', ...spec.env };
  return {
    architecture: { x64: 'amd64', arm64: 'arm64' }[process.arch as string] ?? process.arch,
    os: 'linux',
    created: '2020-01-01T00:00:00Z',
    config: {
      Cmd: spec.command,
      Entrypoint: spec.entrypoint,
      Env: Object.entries(env).map(([key, value]) => `${key}=${value}`),
      User: spec.user,
      WorkingDir: spec.workingDir,
      StopSignal: spec.stopSignal,
      Labels: spec.labels,
      ExposedPorts: set(spec.ports),
      Volumes: set(spec.volumes),
      Healthcheck: spec.health && healthConfig(spec.health),
    },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
    history: layers.map(() => ({ created: '2020-01-01T00:00:00Z', created_by: 'gear lab' })),
  };
}

/** Durations are nanoseconds there. */
function healthConfig(health: HealthSpec): unknown {
  const nanoseconds = (ms: number | undefined) => (ms === undefined ? undefined : ms * 1_000_000);
  return {
    Test: health.command,
    Interval: nanoseconds(health.intervalMs),
    Timeout: nanoseconds(health.timeoutMs),
    StartPeriod: nanoseconds(health.startPeriodMs),
    Retries: health.retries,
  };
}

/** Docker shortens such a name again; Podman would otherwise make it `localhost/…`. */
function fullName(tag: string): string {
  return tag.includes('/') ? tag : `docker.io/library/${tag}`;
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex');
}
