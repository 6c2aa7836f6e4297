import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { HostAddress } from '../../core/model/host-address.ts';
import type { FailureError } from '../../errors/failure.ts';
import { connect, loginTimeoutMs } from './connect.ts';
import type { ClaimedPath } from './control-folder.ts';
import { endKept } from './end-kept.ts';
import type { Greeting } from './greeting.ts';
import { isListening } from './is-listening.ts';
import { type Connected, openShell } from './open-shell.ts';
import { sessionArguments } from './options.ts';
import type { Elevation } from './remote-command.ts';
import { type SessionLine, sessionLine, terminalCommand, waitingLine } from './session-line.ts';
import type { Answer } from './shell.ts';
import type { ShellFunction } from './shell-script.ts';
import { Slots } from './slots.ts';
import { type Session, Spares } from './spares.ts';
import { type AskPassword, askUntilRight, wantsPassword } from './sudo.ts';

/** sshd's MaxSessions is 10. The shell, the bus and the lock have one each beside these. */
const sessionsAtOnce = 5;
/** As many as an engine's short requests have. */
const sparesOfEngine = 2;

/** The one connection to a host: a shell for what is short, and sessions over it for what streams. */
export class HostLink {
  readonly address: HostAddress;
  readonly slots = new Slots(sessionsAtOnce);
  readonly #claim: () => Promise<ClaimedPath>;
  #claiming: Promise<ClaimedPath> | undefined;
  #claimed: ClaimedPath | null = null;
  readonly #ask: AskPassword | undefined;
  readonly #program: string;
  readonly #lost = new AbortController();
  readonly #spares = { lock: new Spares(), engine: new Spares() };
  #preparing: Promise<void> | undefined;
  readonly #children = new Set<ChildProcessWithoutNullStreams>();
  #connecting: Promise<Connected> | undefined;
  #rooting: Promise<boolean> | undefined;
  #password: string | null = null;
  #isConnected = false;
  #keptHasDied = false;
  #closed = false;

  /** `claim` is asked for a control socket once, when it connects; `ask` for passwords, where somebody can be. */
  constructor(address: HostAddress, claim: () => Promise<ClaimedPath>, ask?: AskPassword, program = 'ssh') {
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

  /** Whether a connection was kept, and had died: what began over it is to begin once more. */
  get keptHasDied(): boolean {
    return this.#keptHasDied;
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
    return (this.#preparing ??= this.#prepare());
  }

  async #prepare(): Promise<void> {
    const { path } = await this.#claimedPath();
    if (this.#isConnected || !(await isListening(path)) || this.#closed) return;
    const begin = (): Session => this.#begun(waitingLine(this.#way));
    this.#spares.lock.add(begin());
    for (let count = 0; count < sparesOfEngine; count++) this.#spares.engine.add(begin());
    if ((await this.greeting()).dockerSocket === null) this.endSpares();
  }

  /** Ends the sessions that were prepared for an engine which has none. */
  endSpares(): void {
    this.#spares.engine.end();
  }

  /** A session that runs a command, one that was prepared where there is any. */
  async session(command: readonly string[]): Promise<Session> {
    return this.#spares.engine.take(command) ?? this.#begun(await this.line(command));
  }

  /** The same for the lock, once it is known whether sudo(8) is needed. */
  lockSession(command: readonly string[], greeting: Pick<Greeting, 'elevated'>): Session {
    return this.#spares.lock.take(command) ?? this.#begun(this.lineAs(command, greeting));
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
    return sessionLine(command, elevated, this.#way);
  }

  /** The command line of this machine that runs a command with its own streams, on a terminal there if wanted. */
  async terminalLine(
    command: readonly string[],
    isTerminal: boolean,
  ): Promise<{ readonly program: string; readonly args: readonly string[] }> {
    const { elevated } = await this.greeting();
    const remote = terminalCommand(command, elevated, this.#way);
    const tty = isTerminal ? 'force' : 'no';
    return { program: this.#program, args: ['-o', `RequestTTY=${tty}`, ...this.#argv(remote).slice(1)] };
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
        this.start({ argv: this.#argv(remote), mark: '', preface });
      this.#password = await askUntilRight({ address: this.address, user: facts.user, ask, start });
      // What began before is not root.
      for (const spares of Object.values(this.#spares)) spares.end();
      const outcome = await this.#greet(loginTimeoutMs);
      if (!('shell' in outcome)) throw outcome.failure;
      this.#connecting = Promise.resolve(outcome);
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
    return (this.#claimed = await (this.#claiming ??= this.#claim()));
  }

  async #connect(): Promise<Connected> {
    const { path } = await this.#claimedPath();
    return connect({
      path,
      greet: (timeoutMs) => this.#greet(timeoutMs),
      endKept: async () => {
        this.#keptHasDied = true;
        await endKept(this.#program, this.address, path);
      },
      isClosed: () => this.#closed,
    });
  }

  async #greet(timeoutMs: number): ReturnType<typeof openShell> {
    const outcome = await openShell({
      address: this.address,
      password: this.#password,
      timeoutMs,
      start: (remote, preface) => this.start({ argv: this.#argv(remote), mark: '', preface }),
      isConnected: () => this.#isConnected,
      onEnd: (failure) => {
        if (this.#isConnected && !this.#closed) this.#lost.abort(failure);
      },
    });
    if ('shell' in outcome) this.#isConnected = true;
    return outcome;
  }

  get #way() {
    return { argv: (remote: string) => this.#argv(remote), password: this.#password };
  }

  #argv(remote: string): readonly [string, ...string[]] {
    if (this.#claimed === null) throw new Error('a session before the connection');
    return [this.#program, ...sessionArguments(this.address, this.#claimed.path), remote];
  }
}

function endChild(child: ChildProcessWithoutNullStreams): void {
  // Asked in a kinder way, ssh(1) waits for the host once more; that ends its side when this one is gone.
  child.kill('SIGKILL');
  // The one that keeps the connection has these too, until the host has heard of the end.
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
}
