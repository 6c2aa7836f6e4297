import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  awaitEmpty,
  createHostCgroup,
  hostCgroup,
  killAll,
  leaderPid,
  removeCgroup,
  setFrozen,
  type HostCgroup,
} from './cgroup.ts';
import { run, type CommandOptions, type CommandResult } from './command.ts';
import { LabError } from './errors.ts';
import { mountDisk, unmountDisk } from './host-disk.ts';
import { furnishHost, rootOf } from './host-files.ts';
import { spawnEntered, type HostProcess, type SpawnOptions } from './host-process.ts';
import { addressOf, setCable } from './network.ts';
import { consoleFile, machineName, startNspawn } from './nspawn.ts';
import type { HostState, LabState } from './state.ts';
import { until } from './until.ts';
import { patienceMs } from './patience.ts';

/** One booted machine of a lab. Every method acts on the real thing; nothing is remembered between calls. */
export class Host {
  readonly name: string;
  readonly address: string;
  /** The host's root file system as this machine sees it, without the host's own /run, /tmp and engine folders. */
  readonly root: string;
  readonly suite: HostState['suite'];
  readonly #lab: LabState;
  readonly #state: HostState;
  readonly #cgroup: HostCgroup;

  constructor(lab: LabState, state: HostState) {
    this.name = state.name;
    this.suite = state.suite;
    this.address = addressOf(state.index);
    this.root = rootOf(lab.name, state.name);
    this.#lab = lab;
    this.#state = state;
    this.#cgroup = hostCgroup(lab.name, state.name);
  }

  /** Runs `argv` inside as root; throws when it fails, unless `check` is false. The default limit is 60 s. */
  async exec(argv: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    return run([...(await this.#enter()), ...argv], { title: `${this.name}: ${argv.join(' ')}`, ...options });
  }

  /** Runs a shell script inside, given on standard input, with `set -eu`; returns what it wrote, trimmed. */
  async sh(script: string, options: Omit<CommandOptions, 'input'> = {}): Promise<string> {
    const { stdout } = await this.exec(['sh', '-eu', '-s'], {
      title: `${this.name}: ${script.trim()}`,
      ...options,
      input: script,
    });
    return stdout.trim();
  }

  /** Starts `argv` inside and returns at once. */
  async spawn(argv: readonly string[], options: SpawnOptions = {}): Promise<HostProcess> {
    return spawnEntered(await this.#enter(), argv, options);
  }

  /** Runs `argv` inside again and again until it succeeds; throws, with its last words, after `timeoutMs`. */
  async waitFor(argv: readonly string[], options: { timeoutMs?: number } = {}): Promise<CommandResult> {
    let last: CommandResult | undefined;
    const attempt = async () => {
      if (!(await this.isUp())) return undefined;
      last = await this.exec(argv, { check: false });
      return last.code === 0 ? last : undefined;
    };
    const limit = { timeoutMs: options.timeoutMs ?? patienceMs, pauseMs: 50 };
    return until(`${argv.join(' ')} on ${this.name}`, attempt, limit).catch((error: unknown) => {
      throw new LabError(`${String(error)}\n${last?.stdout ?? ''}${last?.stderr ?? ''}`.trimEnd());
    });
  }

  async isUp(): Promise<boolean> {
    return (await leaderPid(this.#cgroup)) !== undefined;
  }

  /** Boots the host from its disk as it is; resolves when systemd says `running`, with dockerd and sshd up. */
  async start(): Promise<void> {
    if (await this.isUp()) throw new LabError(`${this.name} is up already`);
    await mountDisk(this.#lab, this.#state);
    await this.#clear();
    await createHostCgroup(this.#cgroup);
    startNspawn(this.#lab, this.#state, this.#cgroup);
    try {
      const up = async () => ((await this.isUp()) ? true : undefined);
      await until(`${this.name} starting`, up, { timeoutMs: patienceMs });
      await this.waitUntilRunning();
    } catch (error) {
      const log = readFileSync(consoleFile(this.#lab, this.#state), 'utf8').trimEnd().split('\n').slice(-15);
      throw new LabError(`${this.name} did not boot: ${String(error)}\n${log.join('\n')}`);
    }
  }

  /** Resolves when systemd has started everything; throws when a unit failed, naming it. A check of Podman may fail. */
  async waitUntilRunning(): Promise<void> {
    const wait = ['systemctl', 'is-system-running', '--wait'];
    const state = async () => {
      if (!(await this.isUp())) return undefined;
      const { stdout } = await this.exec(wait, { check: false, timeoutMs: patienceMs });
      return /^(running|degraded)$/m.exec(stdout)?.[0];
    };
    const end = await until(`${this.name} booting`, state, { timeoutMs: patienceMs });
    if (end === 'running') return;
    const { stdout } = await this.exec(['systemctl', '--failed', '--no-legend', '--plain', '--no-pager']);
    // A container that is not healthy yet: Podman runs its check as a unit that fails, which is no fault of the host.
    const failed = stdout
      .split('\n')
      .filter((line) => line !== '' && !line.includes('podman healthcheck run'));
    if (failed.length > 0) throw new LabError(`${this.name} is degraded: ${failed.join('\n')}`);
  }

  /** Power loss: every process of the host is gone at once, without a chance to write or say anything. */
  async kill(): Promise<void> {
    const leader = await leaderPid(this.#cgroup);
    if (leader !== undefined) process.kill(leader, 'SIGKILL');
    await this.#clear();
  }

  /** Power loss, and power again: what was on disk is there, what was in memory is not. */
  async reboot(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** An orderly power-off: systemd stops every unit first. A reboot from inside ends the same way; then `start`. */
  async shutdown(): Promise<void> {
    await this.exec(['systemctl', 'poweroff'], { check: false });
    await awaitEmpty({ path: join(this.#cgroup.path, 'supervisor') }, patienceMs);
    await this.#clear();
  }

  /** Unplugs the host's network cable. */
  async cut(): Promise<void> {
    await setCable(this.#lab.name, machineName(this.#lab, this.#state), false);
  }

  /** Plugs the cable in again. */
  async heal(): Promise<void> {
    await setCable(this.#lab.name, machineName(this.#lab, this.#state), true);
  }

  /** Stops all processes of the host where they are, as an overloaded machine seems to others. */
  async freeze(): Promise<void> {
    await setFrozen(this.#cgroup, true);
  }

  async thaw(): Promise<void> {
    await setFrozen(this.#cgroup, false);
  }

  /** Makes the host's disk, before its first boot. */
  async create(): Promise<void> {
    await mountDisk(this.#lab, this.#state);
    await furnishHost(this.#lab, this.#state, this.address);
  }

  /** Ends the host and lets go of its disk. */
  async destroy(): Promise<void> {
    await this.kill();
    await unmountDisk(this.#lab, this.#state);
  }

  /** Ends what a host that went down left: systemd-nspawn, when it has tidied up, and commands run from outside. */
  async #clear(): Promise<void> {
    const supervisor = { path: join(this.#cgroup.path, 'supervisor') };
    await awaitEmpty(supervisor, 5_000).catch(() => undefined);
    await killAll(this.#cgroup);
    await awaitEmpty(this.#cgroup, patienceMs);
    await removeCgroup(this.#cgroup.path);
  }

  /** What goes before a command to run it inside: in the host's cgroup, so that it shares the host's fate. */
  async #enter(): Promise<string[]> {
    const leader = await leaderPid(this.#cgroup);
    if (leader === undefined) throw new LabError(`${this.name} is down`);
    const script = '[ -d "$0" ] || mkdir -p "$0"; echo $$ >"$0/cgroup.procs" && exec "$@"';
    const cgroup = join(this.#cgroup.path, 'payload', 'lab-exec');
    return [
      'sh',
      '-c',
      script,
      cgroup,
      'nsenter',
      '-t',
      String(leader),
      ...'-m -u -i -n -p -C --'.split(' '),
    ];
  }
}
