import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { HostAddress } from '../../core/model/host-address.ts';
import type { FailureError } from '../../errors/failure.ts';
import { connect } from './connect.ts';
import type { ClaimedPath } from './control-folder.ts';
import { endChild } from './end-child.ts';
import { greetAnew } from './greet-anew.ts';
import type { Greeting } from './greeting.ts';
import { isListening } from './is-listening.ts';
import { type Connected, openShell, type Refused } from './open-shell.ts';
import { PreparedSessions } from './prepared.ts';
import { sessionArguments } from './options.ts';
import type { Elevation } from './remote-command.ts';
import { type SessionLine, sessionLine, waitingLine, type Way } from './session-line.ts';
import type { Answer } from './shell.ts';
import type { ShellFunction } from './shell-script.ts';
import { Slots } from './slots.ts';
import type { Session } from './spares.ts';
import { type AskPassword, askUntilRight, wantsPassword } from './sudo.ts';

/** sshd's MaxSessions is 10. The shell, the bus and the lock have one each beside these. */
const sessionsAtOnce = 5;

/** The one connection to a host: a shell for what is short, and sessions over it for what streams. */
export class HostLink {
  readonly address: HostAddress;
  readonly slots = new Slots(sessionsAtOnce);
  readonly prepared = new PreparedSessions(this.slots);
  readonly #claim: (isNew: boolean) => Promise<ClaimedPath>;
  #claiming: Promise<ClaimedPath> | undefined;
  #claimed: ClaimedPath | null = null;
  readonly #ask: AskPassword | undefined;
  readonly #program: string;
  readonly #lost = new AbortController();
  readonly #children = new Set<ChildProcessWithoutNullStreams>();
  #connecting: Promise<Connected> | undefined;
  #rooting: Promise<boolean> | undefined;
  #password: string | null = null;
  #isConnected = false;
  #wasLeft = false;
  #closed = false;

  /**
   * `claim` is asked for a control socket when it connects, and for one that no connection is kept at where that does not
   * answer; `ask` for passwords, where somebody can be.
   */
  constructor(
    address: HostAddress,
    claim: (isNew: boolean) => Promise<ClaimedPath>,
    ask?: AskPassword,
    program = 'ssh',
  ) {
    this.address = address;
    this.#claim = claim;
    this.#ask = ask;
    this.#program = program;
  }

  /** Aborted, with a FailureError HOST_LOST as reason, when a connection that stood has ended. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Whether there is, or was, a connection. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** Whether a connection that was kept was left for a new one: what began over it has ended. */
  get wasLeft(): boolean {
    return this.#wasLeft;
  }

  /** Connects on first use. FailureError HOST_…, SSH_FAILED. */
  async greeting(): Promise<Greeting> {
    return (await this.#connected()).greeting;
  }

  /** One request to the shell. FailureError HOST_… */
  async request(name: ShellFunction, args: readonly string[], content?: Uint8Array): Promise<Answer> {
    return (await this.#connected()).shell.request(name, args, content);
  }

  /**
   * Begins what a change of the host asks for as soon as it is known what the host is: over a connection that stands
   * already, where each of its sessions takes round trips of its own.
   */
  prepare(): Promise<void> {
    return this.prepared.prepare({
      canBegin: async () => {
        const { path } = await this.#claimedPath();
        return !this.#isConnected && (await isListening(path)) && !this.#closed;
      },
      begin: () => this.#begun(waitingLine(this.way)),
      hasDocker: async () => (await this.greeting()).dockerSocket !== null,
    });
  }

  /** A session that runs a command, one that was prepared where there is any. */
  async session(command: readonly string[]): Promise<Session> {
    return this.prepared.engine.take(command) ?? this.#begun(await this.line(command));
  }

  /** The same for the lock, once it is known whether sudo(8) is needed. */
  lockSession(command: readonly string[], greeting: Pick<Greeting, 'elevated'>): Session {
    return this.prepared.lock.take(command) ?? this.#begun(this.lineAs(command, greeting));
  }

  #begun(line: SessionLine): Session {
    return { child: this.start(line), mark: line.mark };
  }

  /** From now on every request sees what is so by then. */
  async forget(): Promise<void> {
    (await this.#connected()).shell.forget();
  }

  /** The line that runs a command in a session over the connection, as root where that can be. */
  async line(command: readonly string[]): Promise<SessionLine> {
    // Over a connection that stands, a session begins beside the shell: each takes two round trips.
    if (!this.#isConnected && existsSync((await this.#claimedPath()).path)) {
      return this.lineAs(command, { elevated: 'where needed' });
    }
    return this.lineAs(command, await this.greeting());
  }

  /** The same, once it is known whether sudo(8) is needed. */
  lineAs(command: readonly string[], { elevated }: { readonly elevated: Elevation }): SessionLine {
    return sessionLine(command, elevated, this.way);
  }

  /**
   * Asks for the password of sudo(8), where it wants one and somebody can be asked; whether gear is root by that now. The
   * password is kept in memory, for the sessions of this command. FailureError SUDO_REFUSED, INTERRUPTED.
   */
  async becomeRoot(): Promise<boolean> {
    const { facts, sudo } = await this.greeting();
    const ask = this.#ask;
    if (ask === undefined || facts.uid === 0 || !wantsPassword(sudo)) return this.#password !== null;
    this.#rooting ??= (async () => {
      const start = (remote: string, preface: string) =>
        this.start({ argv: this.way.argv(remote), mark: '', preface });
      this.#password = await askUntilRight({ address: this.address, user: facts.user, ask, start });
      // What began before is not root.
      this.prepared.end();
      const { path } = await this.#claimedPath();
      const outcome = await this.#greet(path);
      if (!('shell' in outcome)) throw outcome.failure;
      this.#connecting = Promise.resolve(this.#heard(outcome));
      return true;
    })();
    return this.#rooting;
  }

  /** Starts a line of this link; it ends with the link. */
  start({ argv: [program, ...args], preface }: SessionLine): ChildProcessWithoutNullStreams {
    // In a session of its own: Ctrl-C at the terminal reaches gear alone, which then ends it.
    const child = spawn(program, args, { stdio: 'pipe', detached: true });
    this.#children.add(child);
    child.once('close', () => this.#children.delete(child));
    // A look whose flow failed beside it may go on after the end.
    if (this.#closed) endChild(child);
    else if (preface !== '') child.stdin.write(preface);
    return child;
  }

  /** Ends the sessions. The connection stays open for a minute, for the next command. */
  close(): void {
    this.#closed = true;
    for (const child of this.#children) endChild(child);
    this.#claimed?.giveBack();
  }

  #connected(): Promise<Connected> {
    if (this.lost.aborted) return Promise.reject(this.lost.reason as FailureError);
    this.#connecting ??= this.#connect().catch((error: unknown) => {
      this.#connecting = undefined;
      throw error;
    });
    return this.#connecting;
  }

  async #claimedPath(): Promise<ClaimedPath> {
    return (this.#claimed = await (this.#claiming ??= this.#claim(false)));
  }

  async #connect(): Promise<Connected> {
    const { path } = await this.#claimedPath();
    const connected = await connect({
      isKept: () => isListening(path),
      greet: () => this.#greet(path),
      greetAnew: () =>
        greetAnew({
          claim: () => this.#claim(true),
          greet: (at, own) => this.#greet(at, own),
          onTaken: (claimed, own) => {
            this.#goOver(claimed, own);
          },
        }),
      isClosed: () => this.#closed,
    });
    return this.#heard(connected);
  }

  #greet(path: string, own = new Set<ChildProcessWithoutNullStreams>()): Promise<Connected | Refused> {
    return openShell({
      address: this.address,
      password: this.#password,
      start: (remote, preface) => {
        const child = this.start({ argv: this.#argvAt(path, remote), mark: '', preface });
        own.add(child);
        return child;
      },
      isConnected: () => this.#isConnected,
    });
  }

  /** Goes over to another connection: all that began over the other ends. */
  #goOver(claimed: ClaimedPath, own: ReadonlySet<ChildProcessWithoutNullStreams>): void {
    this.#wasLeft = true;
    this.prepared.end();
    for (const child of this.#children) if (!own.has(child)) endChild(child);
    this.#claimed?.giveBack();
    this.#claimed = claimed;
    this.#claiming = Promise.resolve(claimed);
  }

  /** The end of a shell that has greeted is the loss of the connection. */
  #heard(connected: Connected): Connected {
    this.#isConnected = true;
    void connected.ended.then((failure) => {
      if (!this.#closed) this.#lost.abort(failure);
    });
    return connected;
  }

  /** What all lines to the host are made with, once there is a connection. */
  get way(): Way {
    const path = this.#claimed?.path;
    if (path === undefined) throw new Error('a session before the connection');
    return { argv: (remote) => this.#argvAt(path, remote), password: this.#password };
  }

  #argvAt(path: string, remote: string): readonly [string, ...string[]] {
    return [this.#program, ...sessionArguments(this.address, path), remote];
  }
}
