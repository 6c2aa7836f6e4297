import { expect, test } from 'vitest';
import { err, type Failure, ok } from '../../../src/errors/failure.ts';
import { orInterrupted } from '../../../src/flows/or-interrupted.ts';

const failure = (code: Failure['code']): Failure => ({ code, message: 'it broke', next: 'mend it' });
const interruption = { ok: false, failures: [{ code: 'INTERRUPTED', next: 'run the same command again' }] };
const aborted = AbortSignal.abort();
const calm = new AbortController().signal;

test('what Ctrl-C ended is told as that first, and with what may have broken before it', async () => {
  const result = await orInterrupted(aborted, () => Promise.resolve(err(failure('ENGINE_FAILED'))));
  expect(result).toMatchObject({ failures: [...interruption.failures, { code: 'ENGINE_FAILED' }] });
});

test('work that was broken off by the signal is an interruption', async () => {
  const result = await orInterrupted(aborted, () => Promise.reject(aborted.reason as Error));
  expect(result).toMatchObject(interruption);
});

test.each([
  ['a value that came all the same', aborted, ok(1)],
  ['what the flow has to tell of its end', aborted, err(failure('ENGINE_FAILED'), failure('TAKEN_BACK'))],
  ['a fault that nobody interrupted', calm, err(failure('ENGINE_FAILED'))],
] as const)('%s stays as it is', async (_what, signal, result) => {
  expect(await orInterrupted(signal, () => Promise.resolve(result))).toBe(result);
});

test('a bug stays one, interrupted or not', async () => {
  const bug = new TypeError('of null');
  await expect(orInterrupted(aborted, () => Promise.reject(bug))).rejects.toBe(bug);
});
