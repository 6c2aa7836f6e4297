import { describe, expect, it } from 'vitest';
import { printFailures } from '../../../src/report/failure.ts';
import { createStyle } from '../../../src/report/style.ts';

const style = createStyle({}, {});

describe('a failure on a terminal', () => {
  it('says what, where and what to type', () => {
    const text = printFailures(
      [
        {
          code: 'VALUE_INVALID',
          message: 'the host port "99999" is out of range',
          next: 'give 1 to 65535',
          place: { source: 'command line', text: '--publish 99999:80' },
        },
        {
          code: 'ENV_FILE_UNREADABLE',
          message: 'a variable has no name',
          next: 'make the line KEY=VALUE',
          place: { source: 'web.env', line: 3 },
        },
      ],
      style,
    );
    expect(text).toBe(
      [
        'error: the host port "99999" is out of range',
        '  at command line: --publish 99999:80',
        '  → give 1 to 65535',
        'error: a variable has no name',
        '  at web.env:3',
        '  → make the line KEY=VALUE',
        '',
      ].join('\n'),
    );
  });

  it('ends with the last lines of the container, whichever failure they belong to', () => {
    const text = printFailures(
      [
        {
          code: 'START_FAILED',
          message: 'db ended with exit status 3',
          next: 'gear logs db',
          subject: 'db',
          details: ['booting', 'no disk'],
        },
        { code: 'NAME_UNKNOWN', message: 'no container is called "x"', next: 'see what there is: gear ls' },
      ],
      style,
    );
    expect(text.trimEnd().split('\n').slice(-3)).toEqual(['the last lines of db:', '  booting', '  no disk']);
  });

  it('lets no text of a container command the terminal', () => {
    const text = printFailures(
      [
        {
          code: 'START_FAILED',
          message: 'db failed',
          next: 'gear logs db',
          details: ['\u001b[31mred\u001b[0m \u001b]0;title\u0007 \u001b[2J \u202egnp\r\b'],
        },
      ],
      style,
    );
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
    expect(text).toContain('red');
  });
});
