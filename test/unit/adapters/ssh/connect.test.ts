import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { connect } from '../../../../src/adapters/ssh/connect.ts';
import { connectFailure, silentFailure } from '../../../../src/adapters/ssh/failure.ts';
import type { Connected, Refused } from '../../../../src/adapters/ssh/open-shell.ts';

const web1 = { label: 'web1', host: 'web1' };
const patienceMs = 20;
const never = new Promise<never>(() => undefined);
const overKept = { name: 'kept' } as unknown as Connected & { name: string; shell: object };
const overNew = { name: 'new' } as unknown as Connected & { name: string; shell: object };
for (const each of [overKept, overNew]) Object.assign(each, { shell: {} });
const silent: Refused = { said: '', failure: silentFailure(web1, 15_000) };
const refused = (said: string): Refused => ({ said, failure: connectFailure(web1, said) });

/** Connects where one is kept, and tells what became of the one beside it. */
async function connected(
  kept: Promise<Connected | Refused>,
  anew: Promise<Connected | Refused>,
): Promise<{ readonly outcome: unknown; readonly done: readonly string[] }> {
  const done: string[] = [];
  const note = (what: string) => () => Promise.resolve(void done.push(what));
  const parts = {
    isKept: () => Promise.resolve(true),
    greet: () => kept,
    greetAnew: () => {
      done.push('begun');
      return { outcome: anew, take: note('taken'), drop: note('dropped') };
    },
    isClosed: () => false,
  };
  const outcome: unknown = await connect(parts, patienceMs).catch((error: unknown) => error);
  return { outcome, done };
}

describe('a connection that is kept', () => {
  test('and greets in time is used, and none is made beside it', async () => {
    expect(await connected(Promise.resolve(overKept), never)).toEqual({ outcome: overKept, done: [] });
  });

  test('and is silent gives way to the one that is made beside it', async () => {
    const { outcome, done } = await connected(never, Promise.resolve(overNew));
    expect(outcome).toBe(overNew);
    expect(done).toEqual(['begun', 'taken']);
  });

  test('of a slow host is used when nobody can log in anew, as with a key that was unlocked for it', async () => {
    const late = sleep(3 * patienceMs, overKept);
    const { outcome, done } = await connected(
      late,
      Promise.resolve(refused('Permission denied (publickey).')),
    );
    expect(outcome).toBe(overKept);
    expect(done).toEqual(['begun', 'dropped']);
  });

  test('of a slow host is used when it greets before the new login is through', async () => {
    const { outcome, done } = await connected(sleep(3 * patienceMs, overKept), never);
    expect(outcome).toBe(overKept);
    expect(done).toEqual(['begun', 'dropped']);
  });

  test('is not waited for when nothing answers to a new one', async () => {
    const { outcome, done } = await connected(never, Promise.resolve(refused('Connection timed out')));
    expect(outcome).toMatchObject({ failures: [{ code: 'HOST_TIMEOUT', message: 'web1 does not answer' }] });
    expect(done).toEqual(['begun', 'dropped']);
  });

  test('and stays silent tells why nobody can log in anew', async () => {
    const late = sleep(3 * patienceMs, silent);
    const { outcome } = await connected(late, Promise.resolve(refused('Host key verification failed.')));
    expect(outcome).toMatchObject({ failures: [{ code: 'HOST_KEY_UNKNOWN' }] });
  });
});
