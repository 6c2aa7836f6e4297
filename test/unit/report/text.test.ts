import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { printChange } from '../../../src/report/change.ts';
import { printDoctor } from '../../../src/report/doctor.ts';
import { printHistory } from '../../../src/report/history.ts';
import { printList } from '../../../src/report/list.ts';
import { plain } from '../../../src/report/plain.ts';
import { printStatus } from '../../../src/report/status.ts';
import { createStyle } from '../../../src/report/style.ts';
import { formatTable } from '../../../src/report/table.ts';
import { formatSpan } from '../../../src/report/time.ts';
import type { StatusRow } from '../../../src/report/values.ts';

const style = createStyle({}, {});

function aRow(given: Partial<StatusRow> = {}): StatusRow {
  return {
    name: 'web',
    app: 'web',
    unit: 'ctr-web.service',
    engine: 'docker',
    image: 'nginx:1.27',
    active: 'active',
    sub: 'running',
    ready: null,
    held: null,
    ports: [{ hostIp: '', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
    imageId: `sha256:${'0123456789ab'.repeat(5)}0123`,
    digest: null,
    mainPid: 7,
    restarts: 0,
    sinceMs: 1000,
    lastExit: null,
    enabled: true,
    volumes: [],
    problems: [],
    lastLines: [],
    ...given,
  };
}

describe('a change', () => {
  it('is a line a container, with what differs and what is odd below', () => {
    const instances = [
      {
        name: 'web',
        unit: 'ctr-web.service',
        result: 'updated' as const,
        changes: ['image nginx:1.26 → nginx:1.27'],
        warnings: [],
      },
      {
        name: 'db',
        unit: 'ctr-db.service',
        result: 'held' as const,
        changes: [],
        warnings: ['runs although it is held'],
      },
    ];
    expect(printChange({ generation: 3, instances }, style).split('\n')).toEqual([
      'web updated',
      '  image nginx:1.26 → nginx:1.27',
      'db held: it stays stopped',
      '  runs although it is held',
    ]);
  });
});

describe('gear ls', () => {
  it('has columns that cut and awk can take', () => {
    const [header, ...lines] = printList(
      [aRow(), aRow({ name: 'my-long-name', ready: false })],
      style,
      0,
    ).split('\n');
    expect(header).toMatch(/^NAME +APP +STATE +IMAGE +PORTS +ENGINE +UNIT$/);
    expect(lines.map((line) => line.indexOf('nginx'))).toEqual([
      header?.indexOf('IMAGE'),
      header?.indexOf('IMAGE'),
    ]);
    for (const line of lines) expect(line).not.toMatch(/ $/);
  });

  it.each([
    ['running', {}],
    ['ready', { ready: true }],
    ['running, not ready', { ready: false }],
    ['starting', { active: 'activating', sub: 'start-post' }],
    ['restarting', { active: 'activating', sub: 'auto-restart' }],
    ['failed', { active: 'failed', sub: 'failed' }],
    ['held', { active: 'inactive', sub: 'dead', held: { by: 'anna', atMs: 0 } }],
    ['held, but running', { held: { by: 'anna', atMs: 0 } }],
  ] as const)('calls a container %s', (state, given) => {
    expect(printList([aRow(given)], style, 0)).toContain(`web   web  ${state}`);
  });
});

describe('gear status', () => {
  it('ends with what is wrong, what to type and the last lines', () => {
    const row = aRow({
      active: 'activating',
      sub: 'auto-restart',
      restarts: 12,
      lastExit: 'exit status 3',
      problems: [{ message: 'it ended 12 times', next: 'gear logs web' }],
      lastLines: ['no \u001b[1mdatabase\u001b[0m'],
    });
    const lines = printStatus([row], style, 61_000).split('\n');
    expect(lines[0]).toBe('web  restarting for 1m');
    expect(lines).toContain('  restarts 12, last ended with exit status 3');
    expect(lines.slice(-3)).toEqual(['  ! it ended 12 times', '    → gear logs web', '  | no database']);
  });

  it('does not take the time since the start for that of a check that fails', () => {
    const row = aRow({ ready: false, sinceMs: 1000 });
    expect(printStatus([row], style, 61_000)).toMatch(/^web {2}running, not ready for 1m\n/);
    expect(printStatus([{ ...row, unhealthy: true }], style, 61_000)).toMatch(/^web {2}unhealthy\n/);
  });

  it('does not deny one that runs at this moment its next run', () => {
    const timed = (result: 'running' | 'never ran'): string =>
      printStatus([aRow({ schedule: { nextMs: 0, lastMs: 1, last: { result, endedMs: 0 } } })], style, 1);
    expect(timed('running')).toContain('  schedule next run known once this one ends, running');
    expect(timed('never ran')).toContain('  schedule no next run, never ran');
  });

  it('says where nothing is installed how to begin', () => {
    expect(printStatus([], style, 0)).toBe('Nothing is installed. Begin with: gear install IMAGE NAME');
  });
});

describe('gear history and gear doctor', () => {
  it('mark the current generation', () => {
    const row = {
      generation: 4,
      current: true,
      createdMs: 0,
      command: 'rm web',
      by: 'root',
      gear: '0.1.0',
      changes: ['-web'],
    };
    expect(printHistory([row, { ...row, generation: 3, current: false }], style)).toMatch(
      /\n4 \* .* -web\n3 {4}.*-web$/s,
    );
  });

  it('tell what to do about a check that failed', () => {
    const checks = [
      { name: 'systemd', state: 'ok' as const, message: 'version 257', next: null },
      {
        name: 'docker',
        state: 'failed' as const,
        message: 'does not answer',
        next: 'systemctl start docker',
      },
    ];
    expect(printDoctor(checks, style)).toBe(
      'ok    systemd: version 257\nFAIL  docker: does not answer\n      → systemctl start docker',
    );
  });
});

describe('colours', () => {
  const coloured = (stream: { isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean =>
    createStyle(stream, environment).bad('x') !== 'x';

  it('are for terminals, unless NO_COLOR or FORCE_COLOR says otherwise', () => {
    expect(coloured({ isTTY: true }, {})).toBe(true);
    expect(coloured({}, {})).toBe(false);
    expect(coloured({ isTTY: true }, { NO_COLOR: '1' })).toBe(false);
    expect(coloured({ isTTY: true }, { TERM: 'dumb' })).toBe(false);
    expect(coloured({}, { FORCE_COLOR: '1' })).toBe(true);
  });

  it('do not widen a column', () => {
    const colour = createStyle({}, { FORCE_COLOR: '1' });
    const [first = '', second = ''] = formatTable([
      [colour.bad('ä'), 'x'],
      ['two', 'y'],
    ]).split('\n');
    expect(stripVTControlCharacters(first)).toBe('ä    x');
    expect(second).toBe('two  y');
  });
});

describe('plain text', () => {
  it('leaves colours out, shows other controls, and keeps tabs and emoji', () => {
    expect(plain('\u001b[31mred\u001b[39m\tok')).toBe('red\tok');
    expect(plain('a\nb\r\u0007\u202ec\u2028')).toBe('a\\x0ab\\x0d\\x07\\u{202e}c\\u{2028}');
    expect(plain('👩‍🚀 größe')).toBe('👩‍🚀 größe');
  });
});

describe('a span of time', () => {
  it.each([
    [400, '0s'],
    [59_400, '59s'],
    [250_000, '4m 10s'],
    [7_500_000, '2h 5m'],
    [273_600_000, '3d 4h'],
    [-5, '0s'],
  ])('%d ms is %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});
