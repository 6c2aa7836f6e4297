import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Event, MarkedEvent } from '../../../src/report/events.ts';
import { createProgress } from '../../../src/report/progress.ts';

const pull = (layer: string, phase: string, bytes?: readonly [number, number]): Event => ({
  type: 'pull',
  image: 'nginx:1.27',
  layer,
  phase,
  ...(bytes === undefined ? {} : { currentBytes: bytes[0], totalBytes: bytes[1] }),
});

const step = (phase: 'started' | 'done' | 'failed', elapsedMs?: number): Event => ({
  type: 'operation',
  phase,
  kind: 'unit.start',
  subject: 'ctr-web.service',
  reason: 'is new',
  ...(elapsedMs === undefined ? {} : { elapsedMs }),
});

/** Everything written for the events. */
function written(
  events: readonly MarkedEvent[],
  output: { isTTY?: boolean; columns?: number; quiet?: boolean } = {},
): string {
  let text = '';
  const { quiet = false, ...stream } = output;
  const progress = createProgress({ ...stream, write: (piece) => (text += piece) }, { quiet });
  for (const event of events) progress.emit(event);
  progress.end();
  return text;
}

/** The lines that stood on the terminal one after the other, without colours. */
function shown(text: string): readonly string[] {
  return text
    .split('\r\u001b[K')
    .map(stripVTControlCharacters)
    .filter((line) => line !== '');
}

describe('progress where lines stay', () => {
  it('keeps what took over a second, and nothing shorter', () => {
    expect(written([step('started'), step('done', 300)])).toBe('');
    expect(written([step('started'), step('done', 2400)])).toBe('starting ctr-web.service took 2s\n');
    expect(written([step('started'), step('failed', 2400)])).toBe(
      'starting ctr-web.service failed after 2s\n',
    );
  });

  it('tells of a pull when it begins and when it is done', () => {
    const events: Event[] = [
      pull('', 'Pulling from library/nginx'),
      pull('aa', 'Downloading', [1, 10]),
      { type: 'pulled', image: 'nginx:1.27', id: 'sha256:1', elapsedMs: 65_000 },
    ];
    expect(written(events)).toBe('pulling nginx:1.27\npulled nginx:1.27 in 1m 5s\n');
  });

  it('names who holds the lock', () => {
    const holder = { command: 'install web', by: 'anna (sudo)', pid: 7, sinceMs: 0 };
    expect(written([{ type: 'waiting', for: 'lock', holder }])).toBe(
      'waiting for "gear install web" by anna (sudo) (pid 7)\n',
    );
  });

  it('is silent with --json', () => {
    const warning: Event = { type: 'warning', subject: 'web', message: 'is odd' };
    expect(written([step('done', 5000), pull('aa', 'done'), warning], { quiet: true })).toBe('');
  });
});

describe('progress on a terminal', () => {
  const terminal = { isTTY: true, columns: 60 };

  it('rewrites one line with how far a pull is over all layers, and takes it away at the end', () => {
    const text = written(
      [
        pull('', 'Pulling from library/nginx'),
        pull('aa', 'Pulling fs layer'),
        pull('bb', 'Already exists'),
        pull('aa', 'Downloading', [10_000_000, 40_000_000]),
        pull('aa', 'Verifying Checksum'),
        pull('aa', 'Extracting', [5_000_000, 40_000_000]),
        pull('aa', 'Pull complete'),
      ],
      terminal,
    );
    expect(shown(text)).toEqual([
      'pulling nginx:1.27: Pulling from library/nginx',
      'pulling nginx:1.27: 0 of 1 layers',
      'pulling nginx:1.27: 1 of 2 layers',
      'pulling nginx:1.27: 10.0 of 40.0 MB, 1 of 2 layers',
      'pulling nginx:1.27: 40.0 of 40.0 MB, 1 of 2 layers',
      'pulling nginx:1.27: 40.0 of 40.0 MB, 1 of 2 layers',
      'pulling nginx:1.27: 40.0 of 40.0 MB, 2 of 2 layers',
    ]);
    expect(text).not.toContain('\n');
    expect(text.endsWith('\r\u001b[K')).toBe(true);
  });

  it('tells of each host how far its image is, layer by layer of those that it lacks', () => {
    const mebibyte = 1024 ** 2;
    const push = (host: string, layer: number, currentBytes: number): MarkedEvent => {
      return {
        type: 'push',
        image: 'shop:2',
        layers: 2,
        totalBytes: 40 * mebibyte,
        host,
        layer,
        currentBytes,
      };
    };
    const events = [
      push('web1', 1, 10 * mebibyte),
      push('web2', 1, 20 * mebibyte),
      push('web1', 2, 5 * mebibyte),
    ];
    expect(shown(written(events, terminal))).toEqual([
      'web1: sending shop:2: layer 1 of 2, 10 MB of 40 MB',
      'web2: sending shop:2: layer 1 of 2, 20 MB of 40 MB',
      'web1: sending shop:2: layer 2 of 2, 5.0 MB of 40 MB',
    ]);
    expect(written(events)).toBe('web1: sending shop:2\nweb2: sending shop:2\n');
  });

  it('that does not tell how wide it is counts as 80 columns wide', () => {
    expect(written([step('started')], { isTTY: true, columns: 0 })).toContain('…');
  });

  it('ends every colour that it begins, also in a line that is cut', () => {
    const text = written([step('started')], { isTTY: true, columns: 12 });
    expect(shown(text)).toEqual(['starting ct']);
    expect(text.split('\u001b[2m')).toHaveLength(text.split('\u001b[22m').length);
  });
});
