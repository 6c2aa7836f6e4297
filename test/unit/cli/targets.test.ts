import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { targetsOf } from '../../../src/cli/targets.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'gear-targets-'));

beforeAll(() => {
  mkdirSync(path.join(folder, 'gear'));
  writeFileSync(
    path.join(folder, 'gear', 'hosts.yaml'),
    'hosts:\n  web1: { address: root@10.0.0.5 }\n  front: { address: 10.0.0.5 }\n  web2: { address: 10.0.0.6 }\n',
  );
  vi.stubEnv('XDG_CONFIG_HOME', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const machines = async (words: readonly string[], hosts?: readonly string[]) =>
  (await targetsOf(words, hosts)).map(({ label, input }) => [label, ...input].join(' '));

test('a machine under two names is one target, with all that it is asked', async () => {
  expect(await machines(['web1/shop', 'front/db', '10.0.0.5/site', 'web2/shop'])).toEqual([
    'web1 shop db site',
    'web2 shop',
  ]);
  expect(await machines([], ['web1', 'front', 'web1', '10.0.0.5'])).toEqual(['web1']);
  expect(await machines([], ['all'])).toEqual(['web1', 'web2']);
});

test('what differs in its port may be another machine', async () => {
  expect(await machines([], ['web1', '10.0.0.5:2222'])).toEqual(['web1', '10.0.0.5:2222']);
});
