import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findLabel,
  labelVariables,
  readLabel,
} from '../../../../src/core/descriptor/docker-run/label-line.ts';

const caller = { sudoUid: '1000', sudoGid: '1001', pwd: '/srv/my folder' };
const variables = labelVariables({ name: 'log', image: 'docker.io/library/rsyslog:8' }, caller);

function wordsOf(text: string): readonly string[] {
  const read = readLabel('RUN', text, variables);
  if (!read.ok) throw new Error(read.failures.map(({ message }) => message).join('\n'));
  return read.value.words;
}

describe('a label is a line of docker run', () => {
  test('with the documented variables, and with IMAGE and NAME as words', () => {
    const text =
      'docker run -d --privileged --name NAME -v /etc/${NAME}:${CONFDIR} -e HOST=/host -e IMAGE=IMAGE -e NAME=NAME -e U=$SUDO_UID:$SUDO_GID -v ${LOGDIR}:/log -v $DATADIR:/data ${OPT1} IMAGE /bin/run ${OPT3}';
    expect(wordsOf(text)).toEqual([
      ...[
        'docker',
        'run',
        '-d',
        '--privileged',
        '--name',
        'log',
        '-v',
        '/etc/log:/etc/log',
        '-e',
        'HOST=/host',
      ],
      ...['-e', 'IMAGE=docker.io/library/rsyslog:8', '-e', 'NAME=log', '-e', 'U=1000:1001'],
      ...['-v', '/var/log/log:/log', '-v', '/var/lib/log:/data', 'docker.io/library/rsyslog:8', '/bin/run'],
    ]);
  });

  test('in which a value stays one word, and is read no second time', () => {
    expect(wordsOf('docker run -w $PWD IMAGE')).toContain('/srv/my folder');
    const odd = { ...variables, NAME: '$IMAGE; `x` "' };
    const read = readLabel('RUN', 'docker run -e A=${NAME} IMAGE', odd);
    expect(read.ok && read.value.words).toContain('A=$IMAGE; `x` "');
  });

  test('in which a path goes on after a variable, which atomic(1) cut off', () => {
    expect(wordsOf('docker run -v /a/${NAME}/b:/b IMAGE')).toContain('/a/log/b:/b');
    expect(wordsOf('docker run -e A="${OPT1:-bar}" IMAGE')).toContain('A=bar');
    expect(wordsOf("docker run -e 'A=$5/x' IMAGE")).toContain('A=$5/x');
  });

  test.each([
    ['another command', 'docker run IMAGE; rm -rf /', /begins another command/],
    ['a new line', 'docker run IMAGE\nrm -rf /', /a new command begins/],
    ['a substitution', 'docker run IMAGE $(reboot)', /would put a value/],
    ['a substitution in quotes', 'docker run -e "A=$(reboot)" IMAGE', /would put a value/],
    ['one in a default', 'docker run -e A=${NAME:-$(reboot)} IMAGE', /would put a value/],
    ['backquotes', 'docker run IMAGE `reboot`', /would run a command/],
    ['a pipe', 'docker run IMAGE | sh', /pipe/],
    ['a redirection', 'docker run IMAGE > /etc/passwd', /redirects/],
    ['the background', 'docker run IMAGE & reboot', /another command/],
    ['an unknown variable', 'docker run -v /a/${HOME}/b:/b IMAGE', /there is no variable HOME/],
    ['a shell', 'sh -c "docker run IMAGE"', /no line of docker run/],
    ['another verb', 'docker exec IMAGE sh', /no line of docker run/],
    ['a variable for the program', '$NAME run IMAGE', /no line of docker run/],
    ['an unknown flag', 'docker run --frobnicate IMAGE', /no flag of docker run/],
  ])('so %s is refused', (_, text, message) => {
    const read = readLabel('INSTALL', text, variables);
    expect(read.ok ? [] : read.failures).toMatchObject([
      {
        code: 'LABEL_INVALID',
        message: expect.stringMatching(message) as string,
        place: { source: 'LABEL INSTALL' },
      },
    ]);
  });

  test('whatever it holds, it is read to words or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (rest) => {
        const read = readLabel('RUN', `docker run IMAGE ${rest}`, variables);
        expect(read.ok || read.failures.length > 0).toBe(true);
      }),
    );
  });
});

test('the name of a label is found as atomic(1) found it', () => {
  expect(findLabel({ run: 'a' }, 'RUN')).toBe('a');
  expect(findLabel({ Run: 'b' }, 'RUN')).toBe('b');
  expect(findLabel({ RUN: 'c', run: 'a' }, 'RUN')).toBe('c');
  expect(findLabel({ constructor: 'd' }, 'RUN')).toBeNull();
});
