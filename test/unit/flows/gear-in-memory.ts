import type { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { parseInstall } from '../../../src/core/descriptor/parse-install.ts';
import type { EngineKind } from '../../../src/core/model/container.ts';
import type { Manifest } from '../../../src/core/model/manifest.ts';
import type { Result } from '../../../src/errors/failure.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import { install } from '../../../src/flows/install.ts';
import { readCurrentManifest } from '../../../src/observe/manifest.ts';
import type { ChangeReport } from '../../../src/report/values.ts';

/** What a command line of gear does, typed on a host in memory. */
export type Typed = (context: FlowContext) => Promise<Result<ChangeReport>>;

/** What a flow is given, on a host in memory. */
export function contextOn(host: MemoryHost, command = 'test'): FlowContext {
  return {
    host,
    clock: host.clock,
    command,
    by: 'root',
    pid: 1,
    self: ['gear'],
    version: '0.0.0',
    signal: new AbortController().signal,
    emit: () => undefined,
  };
}

interface InstallOptions {
  readonly engine?: EngineKind;
  readonly flags?: Readonly<Record<string, readonly string[]>>;
  readonly start?: boolean;
}

/** `gear install WORD…`. */
export function installing(words: readonly string[], options: InstallOptions = {}): Typed {
  const requests = parseInstall(
    { words, flags: { ...options.flags } },
    { environment: {}, directory: '/', files: {} },
  );
  if (!requests.ok) throw new FailureError(...requests.failures);
  return (context) =>
    install(context, {
      requests: requests.value,
      pull: 'missing',
      start: options.start ?? true,
      wait: true,
      timeoutMs: 60_000,
      ...(options.engine === undefined ? {} : { engine: options.engine }),
    });
}

/** Runs one command to its end; throws its failures. */
export async function run(host: MemoryHost, typed: Typed, command = 'test'): Promise<ChangeReport> {
  const result = await typed(contextOn(host, command));
  if (!result.ok) throw new FailureError(...result.failures);
  return result.value;
}

/** The declared set: every container, its form, and whether it is held. */
export async function declaredOn(host: MemoryHost): Promise<ReadonlyMap<string, Declared>> {
  const manifest: Manifest | null = await readCurrentManifest(host.files);
  return new Map(
    (manifest?.instances ?? []).map(({ name, hash, hold, engine }) => [
      name,
      { hash, held: hold !== null, engine },
    ]),
  );
}

interface Declared {
  readonly hash: string;
  readonly held: boolean;
  readonly engine: EngineKind;
}

/** What really runs: the forms of the running containers by name. */
export function runningOn(host: MemoryHost): ReadonlyMap<string, readonly string[]> {
  const running = new Map<string, string[]>();
  for (const engine of [host.docker, host.podman]) {
    for (const { labels, running: runs } of engine.containers.all()) {
      const name = labels['gear.name'];
      if (runs && name !== undefined)
        running.set(name, [...(running.get(name) ?? []), labels['gear.hash'] ?? '']);
    }
  }
  return running;
}

/** All that gear has on the host and that outlives a command, but numbers and times. */
export async function tracesOn(host: MemoryHost): Promise<object> {
  const folders = [
    '/etc/systemd/system',
    '/etc/systemd/system/multi-user.target.wants',
    '/etc/systemd/system/docker.service.wants',
    '/etc/gear',
  ];
  const lists = await Promise.all(folders.map((folder) => host.files.list(folder)));
  const generations = await host.files.list('/etc/gear/generations');
  const engines = [host.docker, host.podman];
  const declared = await declaredOn(host);
  return {
    declared,
    running: runningOn(host),
    entries: lists.map((entries) => entries.map(({ name }) => name)),
    leftovers: generations.map(({ name }) => name).filter((name) => !/^\d+$/.test(name)),
    containers: engines.map((engine) =>
      engine.containers
        .all()
        // What a power loss left of Podman's is replaced by the next start.
        .filter(
          ({ running, labels }) =>
            engine !== host.podman || running || !declared.has(labels['gear.name'] ?? ''),
        )
        .map(({ name }) => name)
        .toSorted(),
    ),
    volumes: engines.map((engine) => [...engine.volumes.keys()].toSorted()),
  };
}
