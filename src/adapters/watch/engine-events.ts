import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EngineKind } from '../../core/model/container.ts';
import type { Timers } from '../../ports/clock.ts';
import type { HostListener, HostSignals } from '../../ports/host-signals.ts';
import { dockerSocket } from '../engine/docker-socket.ts';
import { findCommand } from '../process/find-command.ts';
import { invokingUser } from '../engine/invoking-user.ts';
import { userAccount } from '../host/user-account.ts';
import { userEnvironment } from '../host/user-manager.ts';
import { paths } from '../../core/model/paths.ts';
import { readEvent } from './event-line.ts';
import { eventCommand } from './event-command.ts';

const firstRetryMs = 500;
const mostRetryMs = 10_000;
/** An engine that does not answer ends its command sooner than this. */
const answeredMs = 2_000;

/**
 * Tells what an engine tells. The commands that write it are on every host that gear runs on, and speak to whatever
 * version of the engine is there.
 */
export function followEngine(kind: EngineKind, listener: HostListener, timers: Timers): HostSignals {
  let closed = false;
  let child: ChildProcess | undefined;
  let retryMs = firstRetryMs;
  let missed = false;
  let cancel = (): void => undefined;
  const isClosed = (): boolean => closed;

  async function listen(): Promise<void> {
    const { environment } = invokingUser();
    const command = findCommand(kind, environment['PATH']);
    // An engine that is installed later is found by the next look.
    if (command === null || isClosed()) {
      again();
      return;
    }
    const env = await environmentOf(kind, environment);
    const { command: file, args } = await eventCommand(kind, command, env);
    if (isClosed()) return;
    const started = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'ignore'] });
    child = started;
    const disarm = timers.after(answeredMs, () => {
      retryMs = firstRetryMs;
      if (missed) listener.recovered();
      missed = false;
      listener.stirred();
    });
    createInterface({ input: started.stdout }).on('line', (line) => {
      tell(line, listener);
    });
    const ended = (): void => {
      disarm();
      if (child === started) again();
    };
    started.on('error', ended).on('close', ended);
  }

  function again(): void {
    child = undefined;
    if (closed) return;
    missed = true;
    cancel();
    cancel = timers.after(retryMs, () => void listen());
    retryMs = Math.min(mostRetryMs, retryMs * 2);
  }

  void listen();
  return {
    close() {
      closed = true;
      cancel();
      child?.kill();
    },
  };
}

async function environmentOf(
  kind: EngineKind,
  { PATH = '/usr/sbin:/usr/bin:/sbin:/bin', ...environment }: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, string>> {
  if (kind === 'podman')
    return { PATH, ...(paths.scope === 'user' ? userEnvironment(userAccount()) : { HOME: '/root' }) };
  const socket = paths.scope === 'user' ? paths.dockerSocket : await dockerSocket(environment);
  return { PATH, DOCKER_CONFIG: paths.emptyConfig, DOCKER_HOST: `unix://${socket}` };
}

function tell(line: string, { stirred, health }: HostListener): void {
  const event = readEvent(line);
  if (event === null) return;
  if (event.health === null) stirred();
  else if (event.instance !== '') health(event.instance, event.health);
}
