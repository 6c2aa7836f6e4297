import { expect, test } from 'vitest';
import type { WatchNews } from '../../../src/report/watch.ts';
import { documentedEvents } from '../../support/documented-events.ts';

type FieldsOf<Type extends WatchNews['type']> = Readonly<
  Record<Exclude<keyof Extract<WatchNews, { type: Type }>, 'type'>, true>
>;

/** Every event and every field of it: it does not compile with another one, or without. */
const events: { readonly [Type in WatchNews['type']]: FieldsOf<Type> } = {
  applied: { app: true },
  failed: { app: true, failures: true, isNew: true, attempts: true, retryInMs: true },
  removed: { app: true },
  drifted: { app: true, drift: true, mends: true },
  mended: { app: true },
  unhealthy: { app: true, instance: true, restartInMs: true },
  invalid: { source: true, failures: true },
  valid: { source: true },
  absent: { app: true },
  held: { apps: true },
  lost: { folder: true },
  found: { folder: true },
  commit: { commit: true },
  trouble: { message: true },
};

test('each event, and no other, is in its document with its fields', async () => {
  const written = Object.entries(events).map(([type, fields]) => [type, Object.keys(fields)]);
  expect([...(await documentedEvents())]).toEqual(written);
});
