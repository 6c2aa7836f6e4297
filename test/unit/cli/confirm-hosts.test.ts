import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { confirmTextTogether } from '../../../src/cli/confirm-hosts.ts';
import type { ChosenHost } from '../../../src/core/model/choose-hosts.ts';
import { attempt } from '../../../src/errors/failure.ts';
import { onHosts } from '../../../src/flows/on-hosts.ts';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { contextOn } from '../flows/gear-in-memory.ts';

let written: string;

beforeEach(() => {
  written = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written += String(text);
    return true;
  });
  // Nobody can answer here, so that each question ends at once.
  Object.defineProperty(process.stdin, 'isTTY', { value: false, configurable: true });
});
afterEach(() => {
  vi.restoreAllMocks();
  Reflect.deleteProperty(process.stdin, 'isTTY');
});

function asking(labels: readonly string[], idle: readonly string[] = []) {
  const hosts = labels.map((label): ChosenHost => ({ label, address: null }));
  const together = confirmTextTogether(hosts, 'clean');
  return onHosts({
    tasks: labels.map((label) => ({ label, input: null })),
    connect: () => Promise.resolve(contextOn(new MemoryHost())),
    flow: (_context, _input, host) =>
      attempt(() =>
        together(host, async (confirm) =>
          idle.includes(host) ? 'idle' : String(await confirm(`of ${host}`)),
        ),
      ),
  });
}

test('several hosts are one question, which shows what is meant for each that has something', async () => {
  const outcomes = await asking(['a', 'b', 'c'], ['b']);
  expect(written).toBe('a: of a\nc: of c\n\n');
  expect(outcomes.map(({ ok }) => ok)).toEqual([false, true, false]);
  const [first] = outcomes;
  expect(first?.ok === false && first.failures[0]).toMatchObject({
    code: 'USAGE',
    message: 'gear clean --host a --host c would change a, c, and there is no terminal to ask on',
  });
});

test('this machine, named by nobody, is not told by name', async () => {
  await asking(['']);
  expect(written).toBe('of \n\n');
});

test('more hosts than are worked on at a time are asked about in turns, and none waits for ever', async () => {
  const labels = Array.from({ length: 70 }, (_, at) => `h${String(at)}`);
  const outcomes = await asking(labels);
  expect(outcomes).toHaveLength(70);
  expect(written.trimEnd().split('\n\n')).toHaveLength(3);
});
