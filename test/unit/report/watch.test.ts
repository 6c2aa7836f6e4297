import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { metricsOf, printMetrics } from '../../../src/report/metrics.ts';
import { createStyle } from '../../../src/report/style.ts';
import { printWatchState, type WatchState } from '../../../src/report/watch-state.ts';

const failure = { code: 'ENGINE_DOWN', message: 'no engine', next: 'start it' } as const;
const state: WatchState = {
  pid: 7,
  version: '1.0"\n',
  sinceMs: 60_000,
  folders: ['/etc/apps'],
  lost: ['/srv/more'],
  commit: null,
  apps: [
    {
      app: 'good',
      source: '/etc/apps/good.yaml',
      state: 'applied',
      failures: [],
      retryInMs: null,
      drift: [],
    },
    {
      app: 'bad',
      source: '/etc/apps/bad.yaml',
      state: 'failed',
      failures: [failure],
      retryInMs: 4_000,
      drift: [{ instance: 'bad.web', reason: 'somebody stopped it', onPurpose: true }],
    },
    { app: 'gone', source: '/etc/apps/gone.yaml', state: 'held', failures: [], retryInMs: null, drift: [] },
  ],
  strays: [
    {
      source: '/etc/apps/stray.yaml',
      failures: [{ ...failure, place: { source: '/etc/apps/stray.yaml', line: 2, column: 9 } }],
    },
  ],
  waiting: 1,
  changing: 0,
  counters: {
    applied: 3,
    removed: 0,
    mended: 1,
    restarted: 0,
    failed: 2,
    drifted: 1,
    changes: 2,
    changeMs: 1_500,
  },
};

test('the state of a watch tells what is wrong with what, and what to type', () => {
  const text = printWatchState(state, createStyle({}, {}), 120_000);
  expect(text.split('\n')).toEqual([
    'watching /etc/apps for 1m (pid 7)',
    '/srv/more is empty or gone: nothing is removed',
    '3 applied, 1 mended, 0 removed, 2 failed; 1 waiting',
    '',
    'APP   STATE                FILE',
    'good  applied              /etc/apps/good.yaml',
    'bad   failed, again in 4s  /etc/apps/bad.yaml',
    'gone  held                 /etc/apps/gone.yaml',
    '! bad: no engine',
    '  → start it',
    '! bad.web: somebody stopped it',
    '! gone vanished with most others',
    '  → gear watch confirm removes them',
    '! /etc/apps/stray.yaml: no engine',
    '  at /etc/apps/stray.yaml:2:9',
    '  → start it',
  ]);
});

test('metrics are in the text format of Prometheus, one type a metric, labels escaped', () => {
  const text = printMetrics(state);
  expect(text).toContain('gear_watch_info{version="1.0\\"\\n"} 1\n');
  expect(text).toContain('gear_watch_apps{state="failed"} 1\n');
  expect(text).toContain('gear_watch_change_seconds_total 1.5\n');
  for (const line of text.trimEnd().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) gear_watch_\w+ .+|gear_watch_\w+(\{\w+="[^\n]*"\})? [0-9.]+)$/);
  const names = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)];
  expect(new Set(names.map(([, name]) => name)).size).toBe(names.length);
  for (const [, name = '', type] of names) expect(name.endsWith('_total')).toBe(type === 'counter');
});

test('each metric, and no other, is in its document with its type', async () => {
  const page = await readFile(path.join(import.meta.dirname, '../../../docs/topics/metrics.md'), 'utf8');
  const documented = [...page.matchAll(/^\| `(\w+)` +\| (\w+)/gm)].map(([, name, type]) => [name, type]);
  expect(documented).toEqual(metricsOf(state).map(({ name, type }) => [name, type]));
});
