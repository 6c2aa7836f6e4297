import { describe, expect, it } from 'vitest';
import { readDocument, readDocuments } from '../../../../../src/core/descriptor/text/read-document.ts';
import { file, read, refused, shown } from './read.ts';

describe('a descriptor as text', () => {
  it('becomes plain data, and nothing that was written gets lost', async () => {
    const { value } = await read(
      'a: 1\nb: 0644\nc: 1.10\nd: yes\ne: 2026-01-02\nf: 22:22\ng: 0x1F\nh: "1"\ni: true\nj: True\nk: ~\nl:\nm: 1e3\nn: 12345678901234567890\no: -0\np: 1.5',
    );
    expect(value).toEqual({
      a: 1,
      b: '0644',
      c: '1.10',
      d: 'yes',
      e: '2026-01-02',
      f: '22:22',
      g: '0x1F',
      h: '1',
      i: true,
      j: 'True',
      k: null,
      l: null,
      m: '1e3',
      n: '12345678901234567890',
      o: '-0',
      p: 1.5,
    });
  });

  it('may be JSON, have a byte order mark, and lines that end with CRLF', async () => {
    expect((await read('{"a": [1, "x"]}')).value).toEqual({ a: [1, 'x'] });
    expect((await read('\uFEFFa: 1\r\nb: |\r\n  x\r\n  y\r\n')).value).toEqual({ a: 1, b: 'x\ny\n' });
  });

  it('may repeat itself with anchors and merge keys, where the own keys win, then what is named first', async () => {
    const { value } = await read(
      'x-a: &a {image: i, user: u}\nx-b: &b {image: j, cpus: 1}\nc:\n  user: own\n  <<: [*a, *b]\n',
    );
    expect(value).toMatchObject({ c: { image: 'i', user: 'own', cpus: 1 } });
  });

  it('knows the place of every value and key, with its line', async () => {
    const { place } = await read(
      'containers:\n  web:\n    image: "nginx:1"\n    ports: [80, 81]\n    env:\n',
    );
    const image = ['containers', 'web', 'image'];
    expect(place(image)).toEqual({ source: 'shop.yaml', line: 3, column: 12, text: '    image: "nginx:1"' });
    expect(place(image, 'key')).toMatchObject({ line: 3, column: 5 });
    expect(place(['containers', 'web', 'ports', 1])).toMatchObject({ line: 4, column: 17 });
  });

  it('places what is absent or empty at the nearest key above it', async () => {
    const { place } = await read('containers:\n  web:\n    image: x\n    env:\n');
    expect(place(['containers', 'web', 'command', 0])).toMatchObject({ line: 2, column: 3 });
    expect(place(['containers', 'web', 'env'])).toMatchObject({ line: 4, column: 5 });
  });

  it('reads several documents only where a format has several', async () => {
    expect((await refused('a: 1\n---\nb: 2\n')).map(shown)).toEqual([
      'shop.yaml:2:1 a second document begins here, and a descriptor is one',
    ]);
    const documents = await readDocuments(file('a: 1\n---\n- ${X}\n'), { variables: { X: 'x' } });
    if (!documents.ok) throw new Error('refused');
    expect(documents.value.map(({ value }) => value)).toEqual([{ a: 1 }, ['x']]);
    expect(documents.value[1]?.place([0])).toMatchObject({ line: 3, column: 3 });
  });
});

describe('a file that is no descriptor is refused', () => {
  const bytes = (...values: readonly number[]) => ({ path: 'shop.yaml', bytes: Uint8Array.from(values) });
  const of = async (given: Parameters<typeof readDocument>[0][number]) => {
    const result = await readDocument([given], { variables: {} });
    return result.ok ? [] : result.failures.map(shown);
  };

  it('by what kept it from being read', async () => {
    expect(await of({ path: 'shop.yaml', problem: 'does not exist' })).toEqual([
      'shop.yaml the file "shop.yaml" does not exist',
    ]);
  });

  it('by its size, at once', async () => {
    const started = performance.now();
    expect(await of({ path: 'shop.yaml', bytes: new Uint8Array(10 * 1024 * 1024) })).toEqual([
      'shop.yaml the file has 10 MiB; a descriptor has at most 1 MiB',
    ]);
    expect(performance.now() - started).toBeLessThan(100);
  });

  it.each([
    [
      'Latin-1',
      bytes(0x61, 0x3a, 0x20, 0xfc, 0x0a),
      'shop.yaml:1:4 the file is not UTF-8: byte 0xfc at offset 3 begins no character',
    ],
    [
      'cut',
      bytes(0x61, 0x0d, 0x0a, 0xe2, 0x82),
      'shop.yaml:2:1 the file is not UTF-8: byte 0xe2 at offset 3 begins no character',
    ],
    ['UTF-16', bytes(0xff, 0xfe, 0x61, 0), 'shop.yaml the file is UTF-16, not UTF-8'],
  ])('when it is %s, not UTF-8', async (_name, given, message) => {
    expect(await of(given)).toEqual([message]);
  });

  it.each([
    ['', 'shop.yaml:1:1 the file holds no value'],
    ['# nothing yet\n', 'shop.yaml:1:1 the file holds no value'],
    ['- a\n', 'shop.yaml:1:1 the file is a list, not a map of keys'],
    ['hello\n', 'shop.yaml:1:1 the file is one value, not a map of keys'],
    ['a: 1\n\0b: 2', 'shop.yaml:2:1 the file holds a zero byte'],
    ['a: \u001b[31m', 'shop.yaml:1:4 the file holds the control character U+001B'],
    ['a: "\\0"', 'shop.yaml:1:4 the text holds a zero byte'],
  ])('when it is %j', async (text, message) => {
    expect((await refused(text)).map(shown)).toEqual([message]);
  });

  it.each([
    ['brackets', `a: ${'['.repeat(65)}${']'.repeat(65)}`],
    ['dashes', `a:\n  ${'- '.repeat(65)}x`],
    ['far too many brackets', `a: ${'['.repeat(500_000)}`],
    ['far too many dashes', '- '.repeat(500_000)],
    ['far too many question marks', '? '.repeat(500_000)],
    ['lines', Array.from({ length: 66 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('when %s nest deeper than 64', async (_name, text) => {
    expect((await refused(text))[0]?.message).toBe('maps and lists are nested more than 64 deep');
  });

  it.each([
    [
      'aliases of aliases',
      [
        'x0: &x0 [a, a, a, a, a, a, a, a, a, a]',
        ...Array.from(
          { length: 12 },
          (_, n) => `x${n + 1}: &x${n + 1} [${Array.from({ length: 10 }, () => `*x${n}`).join(', ')}]`,
        ),
      ].join('\n'),
    ],
    [
      'merges of a large map',
      `x: &x {${Array.from({ length: 2000 }, (_, n) => `k${n}: 1`).join(', ')}}\n${Array.from({ length: 2000 }, (_, n) => `m${n}: {<<: *x}`).join('\n')}`,
    ],
  ])('when %s grow without end', async (_name, text) => {
    const failures = await refused(text);
    expect(failures.map(({ message }) => message)).toEqual(['the file means more than 200000 values']);
  });
});

it('brackets in a text are only text', async () => {
  const content = '[['.repeat(40);
  const lines = Array.from({ length: 20 }, () => `  ${content}`).join('\n');
  const { value } = await read(`a: |\n${lines}\nb: "${'- '.repeat(600)}"\nc: {d: 1}`);
  expect(value).toMatchObject({ a: `${content}\n`.repeat(20), c: { d: 1 } });
});

describe('a mistake in the text is told with its place, in words of a person', () => {
  it.each([
    ['a:\n\tb: 1', '2:1 a tab indents this line, and YAML takes only spaces'],
    ['foo: bar: baz', '1:6 a value of one line cannot be KEY: VALUE itself'],
    [
      'a:\n  b: 1\n c: 2',
      '3:1 the indentation does not fit: keys of one map, and dashes of one list, begin in the same column',
    ],
    ['a: "x\nb: 1', '1:4 the quote is not closed'],
    ["b: 1\na: 'x", '2:4 the quote is not closed'],
    ['a: [1, 2\nb: 3', '1:4 the bracket is not closed'],
    ['a: {b: 1', '1:4 the bracket is not closed'],
    ['a: @x', '1:4 text without quotes cannot begin with this character'],
    ['a: "\\q"', '1:5 this escape does not exist in "double quotes"'],
    ["a: 'it's'", '1:8 something follows a value that has ended'],
    ['a: 1\nb', '2:1 a ":" and a value are missing after the key'],
    ['a: - b', '1:4 a list cannot begin on the line of its key'],
    ['a: 1\nb: 2\na: 3', '3:1 the key "a" stands twice in this map, first in line 1'],
    ['__proto__: {a: 1}', '1:1 the key "__proto__" cannot be used'],
    ['? [a]\n: b', '1:3 a key has to be plain text'],
    ['a: !!int 1', '1:10 a tag such as !!str has no meaning here'],
    ['a: *x', '1:4 *x stands for nothing: no &x ends before it'],
    ['a: &x [*x]', '1:8 *x stands for nothing: no &x ends before it'],
    ['%YAML 1.1\n---\na: 1', '1:1 lines that begin with "%" are not used here'],
    ['a: ]', '1:4 a bracket is closed that was not opened'],
    ['<<: 1', '1:5 only a map, or a list of maps, can be merged with "<<"'],
  ])('%j', async (text, message) => {
    const [first] = await refused(text);
    expect(first && shown(first)).toBe(`shop.yaml:${message}`);
    expect(first?.place?.text).toBe(text.split('\n')[(first?.place?.line ?? 1) - 1]);
    expect(first?.next).not.toBe('');
  });

  it('all at once, of all files', async () => {
    const text = Array.from({ length: 100 }, (_, n) => `k${n}: a: b`).join('\n');
    expect(
      (await refused({ 'a.yaml': text, 'b.yaml': 'x: "' })).map(
        ({ place }) => `${place?.source}:${place?.line}`,
      ),
    ).toEqual([...Array.from({ length: 100 }, (_, n) => `a.yaml:${n + 1}`), 'b.yaml:1']);
  });

  it.each(['a: b\n', 'a: "x" "y"\n', 'a: !x\n', 'a: *x\n', '- ]\n', 'a: ["${'])(
    'at most a thousand of a megabyte of %j',
    async (piece) => {
      const failures = await refused(piece.repeat(Math.floor(1_000_000 / piece.length)));
      expect(failures.length).toBeGreaterThan(0);
      expect(failures.length).toBeLessThanOrEqual(1000);
    },
    60_000,
  );

  it('with the part of a long line around it', async () => {
    const [failure] = await refused(
      `a: {b: 1, ${Array.from({ length: 400 }, (_, n) => `k${n}: 1`).join(', ')}, b: 2}`,
    );
    expect(failure?.place?.text?.length).toBe(240);
    const { column = 0, textColumn = 0, text = '' } = failure?.place ?? {};
    expect(text.slice(column - textColumn)).toMatch(/^b: 2}/);
  });
});
