import { expect, test } from 'vitest';
import { execute } from '../../../src/apply/execute.ts';
import type { Tools } from '../../../src/apply/tools.ts';
import { type Operation, operation } from '../../../src/core/plan/operation.ts';
import { FailureError } from '../../../src/errors/failure.ts';
import type { JobOptions, Systemd } from '../../../src/ports/systemd.ts';
import type { Files } from '../../../src/ports/files.ts';
import type { Host } from '../../../src/ports/host.ts';
import { anInstance } from '../../support/builders.ts';

/** As src/apply/execute.ts has it. */
const bound = 24;
const names = Array.from({ length: 60 }, (_, at) => `web${String(at)}`);
const start = (name: string): Operation =>
  operation('unit.start', 'act', name, 'new', { unit: `ctr-${name}.service`, instance: name });
const wait = (name: string): Operation =>
  operation('unit.start', 'ready', name, 'new', { unit: `ctr-${name}-ready.service`, instance: name });

/** A systemd whose jobs take a moment: it counts those in flight, and the most of them. */
class Counting {
  now = 0;
  most = 0;
  readonly begun: string[] = [];
  readonly ended: string[] = [];
  fails = '';
  /** By a bug. */
  breaks = '';

  async start(unit: string, _: JobOptions = {}): Promise<'done'> {
    this.begun.push(unit);
    this.most = Math.max(this.most, ++this.now);
    await new Promise((resolve) => setImmediate(resolve));
    this.now--;
    this.ended.push(unit);
    if (unit === this.breaks) throw new TypeError(unit);
    if (unit === this.fails)
      throw new FailureError({ code: 'START_FAILED', message: unit, next: '', subject: unit });
    return 'done';
  }
}

function walk(systemd: Counting, operations: readonly Operation[], signal = new AbortController().signal) {
  const files = { remove: () => Promise.resolve() } as Partial<Files> as Files;
  const host = {
    systemd: () => Promise.resolve(systemd as Partial<Systemd>),
    files,
  } as Partial<Host> as Host;
  const tools = {
    host,
    clock: { nowMs: () => 0, passedMs: () => 0 },
    instances: new Map(names.map((name) => [name, anInstance(name)])),
    wait: true,
    deadlineMs: 60_000,
    signal,
  } as Partial<Tools> as Tools;
  return execute({ tools, emit: () => undefined }, operations);
}

test('operations of one stage run side by side, so many and no more', async () => {
  const systemd = new Counting();
  const { done } = await walk(systemd, names.map(start));
  expect(done).toHaveLength(names.length);
  expect(systemd.most).toBe(bound);
});

test('they begin in the order of the plan, and a stage begins when the one before has ended', async () => {
  const systemd = new Counting();
  const few = names.slice(0, 3);
  await walk(systemd, [...few.map(wait), ...few.map(start)]);
  expect(systemd.begun.slice(0, 3)).toEqual(few.map((name) => `ctr-${name}.service`));
  expect(systemd.begun.slice(3)).toEqual(few.map((name) => `ctr-${name}-ready.service`));
  expect(systemd.ended.slice(0, 3)).toEqual(systemd.begun.slice(0, 3));
});

test('one that fails lets its stage end, and no later one begins', async () => {
  const systemd = new Counting();
  systemd.fails = 'ctr-web1.service';
  const { done, failed } = await walk(systemd, [...names.map(start), ...names.map(wait)]);
  expect(failed.map(({ operation: { subject } }) => subject)).toEqual(['web1']);
  expect(done).toHaveLength(names.length - 1);
  expect(systemd.begun).toHaveLength(names.length);
});

test('an interruption begins no further operation', async () => {
  const systemd = new Counting();
  const controller = new AbortController();
  controller.abort();
  const { done, interrupted } = await walk(systemd, names.map(start), controller.signal);
  expect({ done, interrupted }).toEqual({ done: [], interrupted: true });
  expect(systemd.begun).toEqual([]);
});

test('a bug in one is thrown when the others of its stage have ended', async () => {
  const systemd = new Counting();
  systemd.breaks = 'ctr-web0.service';
  await expect(walk(systemd, names.map(start))).rejects.toThrow(TypeError);
  expect(systemd.now).toBe(0);
  expect(systemd.ended).toHaveLength(names.length);
});
