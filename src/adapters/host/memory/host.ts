import type { EngineKind } from '../../../core/model/container.ts';
import type { Engine } from '../../../ports/engine.ts';
import type {
  CommandResult,
  Host,
  HostFacts,
  ListeningPort,
  OfferedKey,
  PipeOptions,
  PipeResult,
} from '../../../ports/host.ts';
import { engineAbsent } from '../../engine/engine-failure.ts';
import { offerSecretKey, readSecretKey } from '../secret-key.ts';
import { CallLog } from './calls.ts';
import { MemoryClock } from './clock.ts';
import { runCredentials } from './credentials.ts';
import { MemoryEngine } from './engine.ts';
import { MemoryFiles } from './files.ts';
import { MemoryJournal } from './journal.ts';
import { MemoryLock } from './lock.ts';
import { loadParcel } from './parcels.ts';
import { Payloads } from './payload.ts';
import { MemorySystemd } from './systemd.ts';

/** 2026-01-01T00:00:00Z: any moment that is not 0. */
const someMoment = Date.UTC(2026, 0, 1);
const fixedBytes = (bytes: number): Uint8Array => new Uint8Array(bytes).fill(7);

/**
 * A whole host in memory, for unit tests of what drives one. Beside the port it has the host's other side: what a test
 * puts there, breaks, and looks at.
 */
export class MemoryHost implements Host {
  readonly calls = new CallLog();
  readonly clock = new MemoryClock(someMoment);
  readonly files = new MemoryFiles(this.calls);
  readonly journal = new MemoryJournal(this.clock);
  readonly lock = new MemoryLock(this.clock);
  readonly #locks = new Map<string, MemoryLock>();
  readonly docker = new MemoryEngine('docker', this.calls);
  readonly podman = new MemoryEngine('podman', this.calls);
  readonly payloads = new Payloads(
    new Map([
      ['docker', this.docker],
      ['podman', this.podman],
    ]),
  );
  readonly init: MemorySystemd;
  /** What listening() answers. */
  readonly listeners: ListeningPort[] = [];
  /** What run() answers; gear runs only what looks, so the log has nothing of it. */
  onRun: (command: readonly string[], input?: string | Uint8Array) => CommandResult = (command, input) =>
    command[0] === 'systemd-creds' ? runCredentials(command, input) : { status: 0, stdout: '', stderr: '' };
  /** What attach() was asked to run. */
  readonly attached: (readonly string[])[] = [];
  /** What pipe() answers: the bytes that a command writes for those that it is given. */
  onPipe: (command: readonly string[], input: Uint8Array) => PipeResult & { readonly stdout?: Uint8Array } =
    () => ({ status: 0, stderr: '' });
  /** What routes() answers. */
  readonly routeTable: string[] = [];
  #facts: HostFacts;

  constructor(facts: Partial<HostFacts> = {}) {
    this.#facts = {
      name: 'memory',
      uid: 0,
      user: 'root',
      systemdIsInit: true,
      unifiedCgroup: true,
      engines: ['docker', 'podman'],
      ...facts,
    };
    for (const engine of [this.docker, this.podman])
      engine.onLoad = (parcel) => loadParcel(this.files, engine.images, parcel);
    const { calls, clock, payloads } = this;
    this.init = new MemorySystemd({ calls, clock, payloads, tree: this.files.tree });
    this.files.place(
      '/usr/lib/systemd/system/multi-user.target',
      '[Unit]\nWants=docker.service timers.target\n',
    );
    this.files.place('/usr/lib/systemd/system/timers.target', '[Unit]\n');
    if (this.#facts.engines.includes('docker')) {
      this.files.place('/usr/lib/systemd/system/docker.service', '[Service]\nExecStart=/usr/sbin/dockerd\n');
    }
    this.init.boot();
    // What a test counts begins on the booted host.
    Object.assign(this.init.counts, { reloads: 0, starts: 0, stops: 0 });
  }

  facts(): Promise<HostFacts> {
    return Promise.resolve(this.#facts);
  }

  systemd(): Promise<MemorySystemd> {
    return Promise.resolve(this.init);
  }

  engine(kind: EngineKind): Promise<Engine> {
    if (!this.#facts.engines.includes(kind)) return Promise.reject(engineAbsent(kind));
    return Promise.resolve(kind === 'docker' ? this.docker : this.podman);
  }

  secretKey(): Promise<Uint8Array> {
    return readSecretKey(this.files, fixedBytes);
  }

  offerSecretKey(): Promise<OfferedKey> {
    return offerSecretKey(this.files, fixedBytes);
  }

  listening(): Promise<readonly ListeningPort[]> {
    return Promise.resolve([...this.listeners]);
  }

  routes(): Promise<readonly string[]> {
    return Promise.resolve([...this.routeTable]);
  }

  run(command: readonly string[], input?: string | Uint8Array): Promise<CommandResult> {
    return Promise.resolve(this.onRun(command, input));
  }

  sendLock(name: string): MemoryLock {
    return this.#lockAt(`sending/${name}`);
  }

  volumeLock(name: string): MemoryLock {
    return this.#lockAt(`restoring/${name}`);
  }

  /** Notes the command; what it writes is not simulated. */
  attach(command: readonly string[]): Promise<number> {
    this.attached.push(command);
    return Promise.resolve(0);
  }

  async pipe(
    command: readonly string[],
    { input = emptyBytes(), output }: PipeOptions = {},
  ): Promise<PipeResult> {
    const given: Uint8Array[] = [];
    for await (const chunk of input) given.push(chunk);
    const { stdout, ...result } = this.onPipe(command, Buffer.concat(given));
    await output?.(bytesOf(stdout === undefined ? [] : [stdout]));
    return result;
  }

  canBind({ protocol, port }: ListeningPort): Promise<boolean> {
    return Promise.resolve(!this.listeners.some((each) => each.protocol === protocol && each.port === port));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #lockAt(path: string): MemoryLock {
    const lock = this.#locks.get(path) ?? new MemoryLock(this.clock);
    this.#locks.set(path, lock);
    return lock;
  }

  /** Cuts the power: processes, the lock and what lies in /run are gone; files stay as they are. */
  powerOff(): void {
    this.init.powerOff();
    this.lock.lose();
    this.files.tree.take('/run');
  }

  /** Boots as systemd would, without gear: what the links say is started, dangling ones are nothing. */
  boot(): void {
    this.calls.revive();
    this.init.boot();
  }

  reboot(): void {
    this.powerOff();
    this.boot();
  }
}

async function* bytesOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* await Promise.resolve(chunks);
}

function emptyBytes(): AsyncIterable<Uint8Array> {
  return bytesOf([]);
}
