import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EngineKind } from '../../core/model/container.ts';
import type { Timers } from '../../ports/clock.ts';
import type { HostListener, HostSignals } from '../../ports/host-signals.ts';
import { dockerSocket } from '../engine/docker-socket.ts';
import { findCommand } from '../engine/find-command.ts';
import { invokingUser } from '../engine/invoking-user.ts';
import { ownerLabel } from '../engine/owner-label.ts';
import { object, parseJson, string } from '../engine/json.ts';
import { userAccount } from '../host/user-account.ts';
import { userEnvironment } from '../host/user-manager.ts';
import { paths } from '../../core/model/paths.ts';

const firstRetryMs = 500;
const mostRetryMs = 10_000;
/** An engine that does not answer ends its command sooner than this. */
const answeredMs = 2_000;

/** Only what may be drift: the checks of health alone are some events a second. */
const dockerEvents = ['die', 'destroy', 'rename', 'health_status'];
const podmanEvents = ['died', 'remove', 'rename', 'health_status'];

/**
 * Tells what an engine tells: `docker events`, `podman events`. Their commands are on every host that gear runs on,
 * speak to whatever version of the engine is there, and end when it does.
 */
export function followEngine(kind: EngineKind, listener: HostListener, timers: Timers): HostSignals {
  let closed = false;
  let child: ChildProcess | undefined;
  let retryMs = firstRetryMs;
  let missed = false;
  let cancel = (): void => undefined;

  async function listen(): Promise<void> {
    const { environment } = invokingUser();
    const command = await findCommand(kind, environment['PATH']);
    // An engine that is installed later is found by the next look.
    if (command === null || closed) {
      again();
      return;
    }
    const started = spawn(command, eventArguments(kind), {
      env: await environmentOf(kind, environment),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
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

function eventArguments(kind: EngineKind): readonly string[] {
  const events = kind === 'docker' ? dockerEvents : podmanEvents;
  const types = ['container', 'network', 'volume'];
  return [
    ...['events', '--format', kind === 'docker' ? '{{json .}}' : 'json'],
    ...types.flatMap((type) => ['--filter', `type=${type}`]),
    ...events.flatMap((event) => ['--filter', `event=${event}`]),
  ];
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

/** Both engines name the container's labels among its attributes; only Podman has the health apart from the event. */
function tell(line: string, { stirred, health }: HostListener): void {
  const event = object(parseJson(line));
  const attributes = object(object(event['Actor'])['Attributes'] ?? event['Attributes']);
  const instance = string(attributes[ownerLabel]);
  const action = string(event['Action'] ?? event['Status']);
  if (!action.startsWith('health_status')) {
    const isContainer = string(event['Type']) === 'container';
    if (!isContainer || instance !== '') stirred();
    return;
  }
  if (instance === '') return;
  const state = string(event['health_status'] ?? event['HealthStatus'] ?? action);
  if (state.endsWith('unhealthy')) health(instance, false);
  else if (state.endsWith('healthy')) health(instance, true);
}
