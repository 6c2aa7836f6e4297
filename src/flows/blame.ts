import type { Failure } from '../errors/failure.ts';
import type { Operation } from '../core/plan/operation.ts';
import { instanceOf } from '../core/plan/subject.ts';
import type { Outcome } from '../apply/execute.ts';
import type { Planned } from './planning.ts';
import { wasSwapped } from './take-back.ts';

/** The instances that go back after a failure: those that failed, and before the swap all that the command changes. */
export function failedInstances(planned: Planned, outcome: Outcome): ReadonlySet<string> {
  const changed = planned.desire.wishes.touched;
  if (!wasSwapped(outcome)) return changed;
  return new Set(
    outcome.failed.flatMap(({ operation }) =>
      'instance' in operation && changed.has(operation.instance) ? [operation.instance] : [],
    ),
  );
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
