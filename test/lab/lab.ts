import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { run, type CommandOptions, type CommandResult } from './command.ts';
import { sweep, takeDown } from './destroy.ts';
import { LabError, LabUnavailable } from './errors.ts';
import { startGuard } from './guard.ts';
import { createKeys, keyFile, knownHostsFile } from './host-files.ts';
import { Host } from './host.ts';
import { createNetwork, onNetwork } from './network.ts';
import type { Suite } from './recipe.ts';
import { canRunLab, installRequirements } from './requirements.ts';
import {
  assertName,
  createState,
  hostFolder,
  newLabId,
  readState,
  thisProcess,
  writeState,
  type Bind,
  type LabState,
} from './state.ts';
import { baseTree, type Progress } from './tree.ts';

export interface HostSpec {
  name: string;
  suite?: Suite;
  /** Paths of this machine that appear inside, such as a checkout. */
  binds?: Bind[];
  /** systemd and sshd only: no engine runs. */
  light?: boolean;
}

export interface LabSpec {
  name: string;
  hosts: HostSpec[];
  progress?: Progress;
}

/**
 * Real hosts on this machine, with a network of their own. A lab goes down with the process that made it, however
 * that ends, unless it was released.
 */
export class Lab {
  readonly name: string;
  readonly hosts: readonly Host[];
  /** For ssh from this machine, through `exec`: the private key of root on every host, and the hosts' own keys. */
  readonly ssh: { keyFile: string; knownHostsFile: string };
  readonly #state: LabState;
  readonly #dismissGuard: () => Promise<void>;

  private constructor(state: LabState, dismissGuard: () => Promise<void>) {
    this.name = state.name;
    this.hosts = state.hosts.map((host) => new Host(state, host));
    this.ssh = { keyFile: keyFile(state.name), knownHostsFile: knownHostsFile(state.name) };
    this.#state = state;
    this.#dismissGuard = dismissGuard;
  }

  /**
   * Boots the hosts, all at once, and resolves when every one of them is running. Before that it installs what is
   * missing, builds base trees that are not in the cache, and takes down labs whose owner is dead. Throws
   * LabUnavailable when this machine cannot run a lab.
   */
  static async up(spec: LabSpec): Promise<Lab> {
    const check = canRunLab();
    if (!check.ok) throw new LabUnavailable(check.reason);
    assertSpec(spec);
    const progress = spec.progress ?? (() => undefined);
    await installRequirements(progress);
    await sweep();
    const suites = [...new Set(spec.hosts.map(suiteOf))];
    const trees = new Map(
      await Promise.all(suites.map(async (suite) => [suite, await baseTree(suite, progress)] as const)),
    );
    const state: LabState = {
      name: spec.name,
      id: newLabId(),
      owner: await thisProcess(),
      hosts: spec.hosts.map((host, at) => ({
        name: host.name,
        suite: suiteOf(host),
        index: at + 1,
        binds: host.binds ?? [],
        ...(host.light === true ? { light: true } : {}),
        tree: trees.get(suiteOf(host)) ?? '',
      })),
    };
    await createState(state);
    const lab = new Lab(state, startGuard(state.name, state.id));
    try {
      await lab.#boot(progress);
    } catch (error) {
      await lab.down();
      throw error;
    }
    return lab;
  }

  /** A lab that is up already, whoever made it; it stays theirs. */
  static async open(name: string): Promise<Lab> {
    const state = await readState(name);
    if (state === undefined) throw new LabError(`no lab "${name}" is up`);
    return new Lab(state, () => Promise.resolve());
  }

  host(name: string): Host {
    const host = this.hosts.find((candidate) => candidate.name === name);
    if (host !== undefined) return host;
    throw new LabError(
      `no host "${name}" in the lab; there are ${this.hosts.map((each) => each.name).join(', ')}`,
    );
  }

  /** Runs a command of this machine in the lab's network, from where every host can be reached by its address. */
  async exec(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return run(onNetwork(this.name, argv), options);
  }

  /** Lets the lab live on after this process, until somebody takes it down. */
  async release(): Promise<void> {
    this.#state.owner = null;
    await writeState(this.#state);
    await this.#dismissGuard();
  }

  /** Ends the lab; nothing of it is left. */
  async down(): Promise<void> {
    await takeDown(this.name, this.#state.id);
    await this.#dismissGuard();
  }

  async #boot(progress: Progress): Promise<void> {
    for (const host of this.hosts) await mkdir(hostFolder(this.name, host.name), { recursive: true });
    await Promise.all([createNetwork(this.name), createKeys(this.#state)]);
    const boot = this.hosts.map(async (host) => {
      const started = Date.now();
      await host.create();
      await host.start();
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      progress(`${host.name}: ${host.suite}, running at ${host.address} (${seconds} s)`);
    });
    // All of them end before a failure is told, so that nothing starts while the lab is taken down.
    const failed = (await Promise.allSettled(boot)).find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }
}

function suiteOf(host: HostSpec): Suite {
  return host.suite ?? 'trixie';
}

function assertSpec(spec: LabSpec): void {
  assertName('lab', spec.name);
  for (const host of spec.hosts) {
    assertName('host', host.name);
    for (const bind of host.binds ?? []) {
      if (!existsSync(bind.from)) throw new LabError(`${host.name}: nothing is at ${bind.from} to bind`);
    }
  }
  const names = spec.hosts.map((host) => host.name);
  if (names.length === 0 || new Set(names).size !== names.length) {
    throw new LabError('a lab has at least one host, and no two of the same name');
  }
}
