import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineKind, Environment } from '../../../src/core/model/container.ts';
import { containerName } from '../../../src/core/model/container-name.ts';
import { hashOf } from '../../../src/core/model/hash.ts';
import type { Instance } from '../../../src/core/model/instance.ts';
import type { AppNetwork } from '../../../src/core/model/network.ts';
import { paths } from '../../../src/core/model/paths.ts';
import { createArguments } from '../../../src/core/render/engine-arguments.ts';
import { environmentFiles } from '../../../src/core/render/environment-file.ts';
import { gateFiles } from '../../../src/core/render/gates.ts';
import { renderInstance } from '../../../src/core/render/render.ts';
import { unitName } from '../../../src/core/model/unit-names.ts';
import type { Host } from '../../lab/host.ts';
import { until } from '../../lab/until.ts';
import { patienceMs } from '../../lab/patience.ts';

/** What a test says of a container; the rest is filled in. */
export interface Wanted extends Partial<Omit<Instance, 'spec' | 'engine' | 'hash'>> {
  readonly name: string;
  readonly spec?: Partial<Instance['spec']>;
  readonly environment?: Environment;
}

/** A command that ends at once when it is told to, as a good payload does; what is given goes before. */
export function untilStopped(before = ':'): readonly string[] {
  return ['sh', '-c', `trap 'exit 143' TERM; ${before}; sleep 1000 & wait`];
}

interface UnitHostOptions {
  readonly engine: EngineKind;
  readonly liveRestore?: boolean;
}

/** Puts rendered units on a real host, as a generation would, and nothing else of gear. */
export class UnitHost {
  readonly host: Host;
  readonly engine: EngineKind;
  readonly imageId: string;
  readonly #liveRestore: boolean;
  readonly #placed: string[] = [];
  #cursor = '';

  private constructor(host: Host, imageId: string, { engine, liveRestore = false }: UnitHostOptions) {
    this.host = host;
    this.engine = engine;
    this.imageId = imageId;
    this.#liveRestore = liveRestore;
  }

  /** Makes an image of busybox, and the gates. */
  static async prepare(host: Host, options: UnitHostOptions): Promise<UnitHost> {
    const gates = join(host.root, paths.current, 'gates');
    for (const folder of [gates, join(host.root, paths.files), join(host.root, paths.emptyConfig)])
      await mkdir(folder, { recursive: true });
    for (const gate of gateFiles()) await writeFile(join(gates, gate.name), gate.text, { mode: gate.mode });
    return new UnitHost(host, await makeImage(host, options.engine), options);
  }

  instance(wanted: Wanted): Instance {
    const { spec, environment = {}, ...rest } = wanted;
    const keys = Object.keys(environment).sort();
    const [app = '', container = app] = wanted.name.split('.');
    const made: Instance = {
      app,
      container,
      engine: this.engine,
      image: { reference: 'lab/box', id: this.imageId, digest: null },
      environmentKeys: keys,
      environmentFile: keys.length === 0 ? null : randomBytes(8).toString('hex'),
      ownedVolumes: [],
      check: null,
      hold: null,
      hash: '',
      ...rest,
      spec: {
        image: 'lab/box',
        command: untilStopped(),
        ports: [],
        mounts: [],
        restart: 'always',
        stopTimeoutMs: 1_000,
        after: [],
        requires: [],
        ...spec,
      },
    };
    return { ...made, hash: hashOf(made) };
  }

  /** Writes the units of all of them, and their environment; reloads systemd. */
  async place<const W extends readonly Wanted[]>(
    ...wanted: W
  ): Promise<{ readonly [K in keyof W]: Instance }> {
    return this.placeWith<W>([], ...wanted);
  }

  /** The same for a container whose form is the one of that hash. */
  async placeAs(hash: string, wanted: Wanted): Promise<void> {
    await this.#place([], [{ ...this.instance(wanted), hash }], [wanted]);
  }

  /** The same for an app that has networks. */
  async placeWith<const W extends readonly Wanted[]>(
    networks: readonly AppNetwork[],
    ...wanted: W
  ): Promise<{ readonly [K in keyof W]: Instance }> {
    const instances = wanted.map((each) => this.instance(each));
    await this.#place(networks, instances, wanted);
    return instances as { readonly [K in keyof W]: Instance };
  }

  async #place(
    networks: readonly AppNetwork[],
    instances: readonly Instance[],
    wanted: readonly Wanted[],
  ): Promise<void> {
    const dependencies = new Map(
      instances.map((each) => [
        each.name,
        { hasCheck: each.check !== null, held: each.hold !== null, job: each.spec.job === true },
      ]),
    );
    const context = { dependencies, networks: new Map(networks.map((each) => [each.name, each])) };
    const systemdVersion = this.host.suite === 'bookworm' ? 252 : 257;
    const target = {
      systemdVersion,
      engineCommand: `/usr/bin/${this.engine}`,
      liveRestore: this.#liveRestore,
    };
    for (const [at, instance] of instances.entries()) {
      await this.#writeEnvironment(instance, wanted[at]?.environment ?? {});
      const rendered = renderInstance(instance, target, context);
      if (!rendered.ok) throw new Error(JSON.stringify(rendered.failures));
      for (const unit of rendered.value) {
        await writeFile(join(this.host.root, paths.units, unit.name), unit.text);
        this.#placed.push(unit.name);
      }
    }
    await this.host.exec(['systemctl', 'daemon-reload']);
    this.#cursor = await this.host.sh("journalctl --lines 0 --show-cursor | sed -n 's/^-- cursor: //p'");
  }

  /** As gear does before a start: the gate is for containers that went since. */
  async create(instance: Instance, environment: Environment = {}): Promise<void> {
    await this.host.exec(['docker', ...createArguments(instance)], { env: { ...environment } });
  }

  /** Stops and removes all that was placed. */
  async clean(): Promise<void> {
    const units = [...new Set(this.#placed.splice(0))];
    if (units.length === 0) return;
    await this.host.exec(['systemctl', 'stop', ...units], { check: false });
    for (const unit of units) await rm(join(this.host.root, paths.units, unit), { force: true });
    await this.host
      .sh(`${this.engine} ps -aq | xargs -r ${this.engine} rm -f ${this.engine === 'podman' ? '-t 0' : ''} >/dev/null
      rm -rf /run/systemd/system/ctr-*.d; systemctl daemon-reload; systemctl reset-failed`);
  }

  async start(...units: readonly string[]): Promise<{ code: number; stderr: string }> {
    return this.host.exec(['systemctl', 'start', ...units], { check: false });
  }

  /** A property of a unit as systemd shows it. */
  async show(unit: string, property: string): Promise<string> {
    const { stdout } = await this.host.exec(['systemctl', 'show', '--property', property, '--value', unit]);
    return stdout.trim();
  }

  /** Resolves when a unit is in the state. */
  async reaches(unit: string, state: string, timeoutMs = patienceMs): Promise<void> {
    await until(
      `${unit} ${state}`,
      async () => ((await this.show(unit, 'ActiveState')) === state ? true : undefined),
      { timeoutMs },
    );
  }

  /** Resolves with the process of the container once it is another one than `before`, and its unit is active. */
  async comesBack(instance: Instance, before: string): Promise<string> {
    const probe = async () => {
      const active = (await this.show(unitName(instance.name), 'ActiveState')) === 'active';
      const pid = await this.payloadPid(instance);
      return active && /^[1-9]/.test(pid) && pid !== before ? pid : undefined;
    };
    return until(`${instance.name} coming back`, probe, { timeoutMs: patienceMs });
  }

  /** The process of the container as the host sees it; '0' when none runs. */
  async payloadPid(instance: Instance): Promise<string> {
    const format = '{{.State.Pid}}';
    const inspect = [this.engine, 'container', 'inspect', '--format', format, containerName(instance)];
    return (await this.host.exec(inspect, { check: false })).stdout.trim();
  }

  /** The environment of the container's process, as the kernel has it. */
  async payloadEnvironment(instance: Instance): Promise<ReadonlyMap<string, string>> {
    const pid = await this.payloadPid(instance);
    const { stdout } = await this.host.exec(['cat', `/proc/${pid}/environ`]);
    const variables = stdout.split('\0').filter((each) => each !== '');
    return new Map(
      variables.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
    );
  }

  /** What was written to the journal for a unit since it was placed, a line each. */
  async journal(unit: string): Promise<readonly string[]> {
    await this.host.exec(['journalctl', '--sync']);
    const since = ['--after-cursor', this.#cursor, '--no-pager'];
    const { stdout } = await this.host.exec(['journalctl', '--unit', unit, '--output', 'cat', ...since]);
    return stdout.split('\n').filter((line) => line !== '');
  }

  async #writeEnvironment(instance: Instance, environment: Environment): Promise<void> {
    if (instance.environmentFile === null) return;
    const file = join(this.host.root, paths.files, instance.environmentFile);
    const { inherited, raw } = environmentFiles(environment);
    await writeFile(file, inherited, { mode: 0o600 });
    if (raw !== null) await writeFile(`${file}.raw`, raw, { mode: 0o600 });
  }
}

async function makeImage(host: Host, engine: EngineKind): Promise<string> {
  const applets = 'sh sleep cat echo env true false ls mkdir touch kill ps test seq yes head tr id nc';
  const change = engine === 'docker' ? `CMD ["sleep","inf"]` : `CMD=["sleep","inf"]`;
  const quiet = engine === 'docker' ? '' : '--quiet';
  const id = await host.sh(`
    folder=$(mktemp -d); mkdir $folder/bin $folder/tmp $folder/etc; cp /bin/busybox $folder/bin
    for applet in ${applets}; do ln -s busybox $folder/bin/$applet; done
    tar -C $folder -c . | ${engine} import ${quiet} --change '${change}' - localhost/lab/box:latest; rm -r $folder`);
  return `sha256:${id.replace(/^sha256:/, '')}`;
}
