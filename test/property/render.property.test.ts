import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInherited } from '../../src/core/render/environment-names.ts';
import { checkEnvironment, environmentFiles } from '../../src/core/render/environment-file.ts';
import {
  escapeSpecifiers,
  escapeUnitPart,
  hasControlCharacter,
  quoteAssignment,
  quoteExecArgument,
  quoteExecArguments,
  quotePath,
  unencodable,
} from '../../src/core/render/escape.ts';
import { createArguments, runArguments } from '../../src/core/render/engine-arguments.ts';
import { renderInstance } from '../../src/core/render/render.ts';
import { makeInstance } from '../support/instance.ts';
import {
  execWords,
  logicalLines,
  readEnvironmentFile,
  resolveSpecifiers,
  splitWords,
  valuesOf,
} from '../support/systemd-syntax.ts';

/** Text made of what unit files give a meaning to, and of anything else. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '%',
        '%i',
        '%%',
        '$',
        '${A}',
        '$$',
        '\\',
        '\\x',
        '"',
        "'",
        '`',
        ';',
        '#',
        '=',
        '[Service]',
      ),
      fc.constantFrom(
        '\n',
        '\t',
        '\r',
        ' ',
        '\u0001',
        '\u007f',
        '\\\n',
        '\nExecStart=/bin/evil\n',
        'é',
        '🐋',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
  .filter((text) => unencodable(text) === null);

const oneLine = hostile.map((text) => text.replaceAll(/[\u0000-\u001f\u007f]/g, '')); // eslint-disable-line no-control-regex -- their absence is the point
const names = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/);

describe('what systemd reads back is what was given', () => {
  it('for words of a command', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 6 }), (words) => {
        const line = ['/bin/x', ...words].map(quoteExecArgument).join(' ');
        expect(line).not.toContain('\n');
        expect(execWords(line)).toEqual(['/bin/x', ...words]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('for words of a command that are written together', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 6 }), (words) => {
        expect(quoteExecArguments(words)).toBe(words.map(quoteExecArgument).join('\0'));
      }),
      { numRuns: 1_000 },
    );
  });

  it('for an assignment of Environment=', () => {
    fc.assert(
      fc.property(names, hostile, (name, value) => {
        expect(splitWords(quoteAssignment(name, value)).map(resolveSpecifiers)).toEqual([`${name}=${value}`]);
      }),
    );
  });

  it('for a path', () => {
    fc.assert(
      fc.property(oneLine, (path) => {
        const quoted = quotePath(`/${path}`);
        const inner = /^"(.*)"$/s.exec(quoted)?.[1]?.replaceAll(/\\(.)/gs, '$1') ?? quoted;
        expect(resolveSpecifiers(inner)).toBe(`/${path}`);
      }),
    );
  });

  it('for free text', () => {
    fc.assert(
      fc.property(oneLine, (text) => {
        const [line = ''] = logicalLines(`Description=${escapeSpecifiers(text)}\nNext=1`);
        expect(resolveSpecifiers(line.slice('Description='.length)).trim()).toBe(text.trim());
      }),
    );
  });

  it('for an environment file', () => {
    fc.assert(
      fc.property(fc.dictionary(names, hostile), (environment) => {
        fc.pre(checkEnvironment(environment).length === 0);
        const { inherited, raw } = environmentFiles(environment);
        const read = [...readEnvironmentFile(inherited)];
        const lines = (raw ?? '').split('\n').slice(0, -1);
        const cut = lines.map((line) => [
          line.slice(0, line.indexOf('=')),
          line.slice(line.indexOf('=') + 1),
        ]);
        expect(Object.fromEntries([...read, ...cut])).toEqual({ ...environment });
        expect(read.every(([name]) => isInherited(name))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a rendered unit', () => {
  const commands = fc.array(hostile, { maxLength: 5 });

  it('carries the command of the engine word by word, whatever the command of the container is', () => {
    fc.assert(
      fc.property(commands, oneLine, (command, user) => {
        const docker = makeInstance({ spec: { command, user } });
        const podman = makeInstance({ engine: 'podman', spec: { command, user } });
        expect(execWords(exec(docker, 'ExecStartPre')).slice(-createArguments(docker).length)).toEqual([
          ...createArguments(docker),
        ]);
        expect(execWords(exec(podman, 'ExecStart'))).toEqual(['/usr/bin/podman', ...runArguments(podman)]);
      }),
    );
  });

  it('has the same directives, whatever the values are', () => {
    const keys = (text: string) => logicalLines(text).map((line) => line.split('=')[0]);
    const plain = keys(render(makeInstance({ spec: { command: ['x'], user: 'x' } })));
    fc.assert(
      fc.property(commands, hostile, (command, user) => {
        expect(keys(render(makeInstance({ spec: { command, user } })))).toEqual(plain);
      }),
    );
  });
});

describe('what a user adds', () => {
  const directiveNames = fc.stringMatching(/^X-[A-Za-z0-9]{1,8}$/);
  const sections = fc.constantFrom('Unit', 'Service', 'Install');

  it('directives come back as they were given, specifiers too, and nothing else with them', () => {
    const given = fc.array(fc.record({ section: sections, name: directiveNames, value: oneLine }), {
      maxLength: 5,
    });
    const plain = logicalLines(render(makeInstance())).length;
    fc.assert(
      fc.property(given, (directives) => {
        const text = render(makeInstance({ spec: { directives } }));
        const sectioned = logicalLines(text).reduce<{ section: string; lines: readonly string[] }>(
          ({ section, lines }, line) =>
            /^\[(Unit|Service|Install)\]$/.test(line)
              ? { section: line, lines }
              : { section, lines: line.startsWith('X-') ? [...lines, `${section}${line}`] : lines },
          { section: '', lines: [] },
        );
        const expected = ['Unit', 'Service', 'Install'].flatMap((section) =>
          directives
            .filter((directive) => directive.section === section)
            .map(({ name, value }) => `[${section}]${`${name}=${value}`.trim()}`),
        );
        expect(sectioned.lines).toEqual(expected);
        expect(logicalLines(text)).toHaveLength(plain + directives.length);
      }),
    );
  });

  it('options reach the engine word by word', () => {
    fc.assert(
      fc.property(hostile, fc.array(hostile, { maxLength: 3 }), hostile, (hostname, labels, logOption) => {
        fc.pre(labels.every((label) => !label.startsWith('gear.')));
        const options = { hostname, label: labels, 'log-opt': [logOption] };
        const docker = makeInstance({ spec: { options } });
        const podman = makeInstance({ engine: 'podman', spec: { options } });
        expect(createArguments(docker)).toEqual(expect.arrayContaining([hostname, ...labels, logOption]));
        expect(execWords(exec(docker, 'ExecStartPre')).slice(-createArguments(docker).length)).toEqual([
          ...createArguments(docker),
        ]);
        expect(execWords(exec(podman, 'ExecStart'))).toEqual(['/usr/bin/podman', ...runArguments(podman)]);
      }),
    );
  });

  it('commands of init steps and of a reload reach the engine word by word', () => {
    const image = { ...makeInstance().image, id: 'sha256:1' };
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (command) => {
        const spec = { init: [{ image: 'a:1', command }], reload: { kind: 'exec', command } } as const;
        const text = render(makeInstance({ spec, initImages: [image] }));
        const gate = valuesOf(text, 'ExecStartPre').find((line) => line.includes('/init.sh ')) ?? '';
        expect(execWords(gate).slice(-command.length - 1)).toEqual(['sha256:1', ...command]);
        expect(execWords(valuesOf(text, 'ExecReload')[0] ?? '').slice(3)).toEqual(command);
      }),
    );
  });
});

it('escapes a part of a unit name so that no other part gives the same', () => {
  fc.assert(
    fc.property(hostile, hostile, (a, b) => {
      expect(escapeUnitPart(a)).toMatch(/^[A-Za-z0-9:_.\\-]*$/);
      expect(hasControlCharacter(escapeUnitPart(a))).toBe(false);
      expect(escapeUnitPart(a) === escapeUnitPart(b)).toBe(a === b);
    }),
  );
});

function render(instance: ReturnType<typeof makeInstance>): string {
  const target = { systemdVersion: 257, engineCommand: `/usr/bin/${instance.engine}`, liveRestore: false };
  const rendered = renderInstance(instance, target, { dependencies: new Map() });
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.failures));
  return rendered.value[0]?.text ?? '';
}

function exec(instance: ReturnType<typeof makeInstance>, key: string): string {
  return valuesOf(render(instance), key)[0] ?? '';
}
