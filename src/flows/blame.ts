import type { Failure } from '../errors/failure.ts';
import { portText } from '../core/model/ports.ts';
import type { Operation } from '../core/plan/operation.ts';
import { type LostPort, portsLost } from '../core/plan/port-moves.ts';
import { instanceOf } from '../core/plan/subject.ts';
import type { Outcome } from '../apply/execute.ts';
import type { Planned } from './planning.ts';
import { wasSwapped } from './take-back.ts';

/**
 * The instances that go back after a failure: those that failed, with whoever took a port from one of them; before the swap
 * all that the command changes.
 */
export function failedInstances(planned: Planned, outcome: Outcome): ReadonlySet<string> {
  const changed = planned.desire.wishes.touched;
  if (!wasSwapped(outcome)) return changed;
  const back = new Set(
    outcome.failed.flatMap(({ operation }) =>
      'instance' in operation && changed.has(operation.instance) ? [operation.instance] : [],
    ),
  );
  for (let size = -1; size < back.size;) {
    size = back.size;
    for (const { loser } of lostPorts(planned, back)) back.add(loser.name);
  }
  return back;
}

function lostPorts(planned: Planned, back: ReadonlySet<string>): readonly LostPort[] {
  return portsLost(planned.observed.manifest?.instances ?? [], [...planned.tools.instances.values()], back);
}

/** The apps that took a port from one that goes back, each with why it goes back as well. */
export function appsWithLostPorts(
  planned: Planned,
  failed: ReadonlySet<string>,
): ReadonlyMap<string, Failure[]> {
  const found = new Map<string, Failure[]>();
  for (let size = -1; size < found.size;) {
    size = found.size;
    const back = touchedOf(planned, new Set([...failed, ...found.keys()]));
    for (const lost of lostPorts(planned, back)) {
      const { app } = lost.loser;
      found.set(app, [...(found.get(app) ?? []), hasLost(lost)]);
    }
  }
  return found;
}

function hasLost({ loser, port, owner }: LostPort): Failure {
  return {
    code: 'PORT_TAKEN',
    message: `${loser.name}: the port ${portText(port)} is of ${owner.name} again, which went back; what ran before runs again`,
    next: `mend ${owner.name}, then the same command again`,
    subject: loser.name,
  };
}

/** The apps of this command that failed operations belong to; null when one of them concerns the whole host. */
export function failedApps(planned: Planned, outcome: Outcome): ReadonlySet<string> | null {
  const found = new Set<string>();
  for (const { operation } of outcome.failed) {
    const app = appOf(planned, operation);
    if (app === null) return null;
    found.add(app);
  }
  return found;
}

function appOf(planned: Planned, operation: Operation): string | null {
  if ('app' in operation) return operation.app;
  const name = instanceOf(operation);
  return name === null ? null : appOfInstance(planned, name);
}

function appOfInstance(planned: Planned, name: string): string | null {
  const before = planned.observed.manifest?.instances.find((each) => each.name === name);
  return planned.tools.instances.get(name)?.app ?? before?.app ?? null;
}

/** What the command changes of the apps, the containers that it removes among it. */
export function touchedOf(planned: Planned, apps: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    [...planned.desire.wishes.touched].filter((name) => apps.has(appOfInstance(planned, name) ?? '')),
  );
}

/** The app that a failure found before anything was touched belongs to, by its subject: an app or an instance. */
export function blamedApp(failure: Failure, apps: ReadonlyMap<string, ReadonlySet<string>>): string | null {
  const { subject } = failure;
  if (subject === undefined) return null;
  if (apps.has(subject)) return subject;
  return [...apps].find(([, names]) => names.has(subject))?.[0] ?? null;
}
