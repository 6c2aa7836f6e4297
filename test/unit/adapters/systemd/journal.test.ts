import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { JournalctlJournal } from '../../../../src/adapters/systemd/journal.ts';
import type { JournalLine } from '../../../../src/ports/journal.ts';

const UNIT = 'ctr-web.service';

/** A journalctl that writes its arguments and what the script says. */
function journal(script: string, before = ''): JournalctlJournal {
  const prelude = `
    function before() { ${before} }
    const entry = (MESSAGE, ms = 1000) => console.log(JSON.stringify(
      {MESSAGE, __REALTIME_TIMESTAMP: String(ms * 1000), _SYSTEMD_UNIT: '${UNIT}', PRIORITY: '6'}));
    const args = process.argv.slice(1);
    if (args.includes('--sync')) { before(); process.exit(0); }`;
  return new JournalctlJournal({ command: [process.execPath, '-e', prelude + script, '--'] });
}

async function messages(lines: AsyncIterable<JournalLine>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const { message } of lines) found.push(message);
  return found;
}

test('the last lines are those that the unit itself wrote', async () => {
  const lines = await journal(`entry(args.join(' '))`).last(UNIT, 20);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.message).toContain(`--lines=20 _SYSTEMD_UNIT=${UNIT}`);
});

test('journald is asked to take in what it has been sent before the last lines are read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gear-test-journal-'));
  const file = JSON.stringify(join(folder, 'sent'));
  const late = journal(
    `entry(require('fs').readFileSync(${file}, 'utf8'))`,
    `require('fs').writeFileSync(${file}, 'last words')`,
  );
  expect(await late.last(UNIT, 1)).toMatchObject([{ message: 'last words' }]);
  await rm(folder, { recursive: true });
});

test('whoever may not ask journald for that reads what is there', async () => {
  const lines = await journal(`entry('there')`, `console.error('Access denied'); process.exit(1)`).last(
    UNIT,
    1,
  );
  expect(lines).toMatchObject([{ message: 'there' }]);
});

test('the last lines since a moment are the newest of them, whatever journalctl makes of --since', async () => {
  const lines = await journal(`entry('old', 999); entry('new', 1000); entry(args.join(' '), 1001)`).last(
    UNIT,
    3,
    1000,
  );
  expect(lines.map(({ timeMs }) => timeMs)).toEqual([1000, 1001]);
  expect(lines[1]?.message).not.toContain('--since');
});

test('all lines since a moment are asked for as such, of several units', async () => {
  const read = journal(`entry(args.join(' '), 2000)`).read({
    units: [UNIT, 'ctr-db.service'],
    sinceMs: 1500,
  });
  const [args] = await messages(read);
  expect(args).toContain(
    `--lines=all --since=@1.500 _SYSTEMD_UNIT=${UNIT} SYSLOG_IDENTIFIER=web SYSLOG_IDENTIFIER=ctr-web`,
  );
  expect(args).toContain('+ _SYSTEMD_UNIT=ctr-db.service SYSLOG_IDENTIFIER=db SYSLOG_IDENTIFIER=ctr-db');
});

test('no unit is no line, not everything', async () => {
  expect(await messages(journal(`entry('everything')`).read({ units: [] }))).toEqual([]);
});

test('following gives each line as it comes, and ends without an error when it is aborted', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const follow = journal(`entry('one'); entry('two'); setInterval(() => {}, 1000)`);
  const found: string[] = [];
  for await (const { message } of follow.read({ units: [UNIT], follow: true, signal })) {
    found.push(message);
    if (message === 'two') controller.abort();
  }
  expect(found).toEqual(['one', 'two']);
  expect(await messages(follow.read({ units: [UNIT], follow: true, signal }))).toEqual([]);
});

test('whoever stops reading ends journalctl', async () => {
  const endless = journal(`entry(String(process.pid)); setInterval(() => {}, 1000)`);
  let pid = 0;
  for await (const { message } of endless.read({ units: [UNIT], follow: true })) {
    pid = Number(message);
    expect(isAlive(pid)).toBe(true);
    break;
  }
  await expect.poll(() => isAlive(pid)).toBe(false);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('a journalctl that fails is told with its status and stderr', async () => {
  const failing = journal(`entry('one'); console.error('Failed to open files'); process.exitCode = 1`);
  await expect(failing.last(UNIT, 5)).rejects.toMatchObject({
    failures: [
      {
        code: 'JOURNAL_FAILED',
        message: expect.stringContaining('status 1: Failed to open files') as string,
      },
    ],
  });
});

test('a journal that is not for this user is told with who may read it', async () => {
  const closed = journal(
    `console.error('No journal files were opened due to insufficient permissions.'); process.exitCode = 1`,
  );
  await expect(closed.last(UNIT, 5)).rejects.toMatchObject({
    failures: [{ code: 'NOT_ROOT', next: expect.stringContaining('sudo') as string }],
  });
});

test('a host without journalctl is told as such', async () => {
  await expect(
    new JournalctlJournal({ command: ['/nonexistent/journalctl'] }).last(UNIT, 5),
  ).rejects.toMatchObject({
    failures: [{ code: 'JOURNAL_FAILED', message: expect.stringContaining('cannot be run') as string }],
  });
});
