import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkWords } from '../../../../src/apply/jobs.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gate-'));
  // A pause that takes no time.
  tool('sleep', 'exit 0');
  // Fails eleven times with what a check may print, and then succeeds.
  tool(
    'check',
    `echo x >> ${folder}/tries; printf 'first\\nno\\033[31m answer\\n'; test $(wc -l < ${folder}/tries) -gt 11`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function tool(name: string, text: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
  chmodSync(join(folder, name), 0o755);
}

test('the gate of readiness tells ever more rarely how the check fails, in one clean line', () => {
  const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
  const { status, stderr } = spawnSync(
    'sh',
    ['templates/gates/ready.sh', 'web', '5', join(folder, 'check')],
    {
      ...{ env, encoding: 'utf8' },
    },
  );
  expect(status).toBe(0);
  const line = 'gear: web: is not ready yet; of its check, the last status was 1: no [31m answer';
  expect(stderr).toBe(`${line}\n${line}\n`);
});

test('what ends with the time of the check is told at once', () => {
  tool('hang', `test -e ${folder}/hung && exit 0; touch ${folder}/hung; exec /bin/sleep 5`);
  const { stderr } = spawnSync('sh', ['templates/gates/ready.sh', 'web', '0.1', join(folder, 'hang')], {
    encoding: 'utf8',
  });
  expect(stderr).toContain('of its check, it does not end within 0.1 s');
});

test('the words of the check are the last that the gate has said', () => {
  const said = ['gear: web: is not ready yet; of its check, the last status was 1: a', 'other'];
  expect(checkWords([...said, 'gear: web: is not ready; of its check, the last status was 7: '])).toBe(
    '; the last status was 7',
  );
  expect(checkWords(said)).toBe('; the last status was 1: a');
  expect(checkWords(['Error: no such container'])).toBe('');
});
