import { spawn, type ChildProcess } from 'node:child_process';
import { cleanEnv, exitCode } from './command.ts';
import { childrenOf, leadsGroup } from './proc.ts';
import { until } from './until.ts';
import { patienceMs } from './patience.ts';

export interface SpawnOptions {
  env?: Record<string, string>;
  stdio?: 'pipe' | 'inherit';
}

/** A command that runs inside a host while the test goes on. */
export interface HostProcess {
  /** The process on this side: its streams are the command's. To end the command use `signal`. */
  child: ChildProcess;
  /** The exit status, or 128 + the number of the signal that ended the command. */
  exited: Promise<number>;
  /** Sends a signal to the command and what it started, as Ctrl-C in a terminal does. */
  signal(name: NodeJS.Signals): Promise<void>;
}

/** Starts `argv` behind `enter`, which is what brings a command into a host. */
export function spawnEntered(
  enter: readonly string[],
  argv: readonly string[],
  options: SpawnOptions,
): HostProcess {
  const inherit = options.stdio === 'inherit';
  // With a session of its own the command leads a process group, which a signal can reach as a whole; in a
  // terminal it stays in the caller's.
  const session = inherit ? [] : ['setsid'];
  const [file = '', ...args] = [...enter, ...session, ...argv];
  const env = { ...cleanEnv, ...options.env };
  const child = spawn(file, args, { env, stdio: inherit ? 'inherit' : 'pipe', detached: !inherit });
  return { child, exited: exitCode(child), signal: (name) => signalEntered(child, name) };
}

/** nsenter does not pass signals on, so they go to the group that setsid(1) made behind it. */
async function signalEntered(nsenter: ChildProcess, name: NodeJS.Signals): Promise<void> {
  const pid = nsenter.pid ?? 0;
  const group = async () => {
    if (nsenter.exitCode !== null || nsenter.signalCode !== null) return 0;
    for (const child of await childrenOf(pid)) if (await leadsGroup(child)) return child;
    return undefined;
  };
  const leader = await until('the command starting', group, { timeoutMs: patienceMs });
  if (leader === 0) return;
  process.kill(-leader, name);
  // nsenter stops itself when its command is stopped, and would never tell the end of that.
  if (name === 'SIGCONT') nsenter.kill(name);
}
