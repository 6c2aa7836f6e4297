import fc from 'fast-check';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Path } from '../../src/core/descriptor/document.ts';
import { locate } from '../../src/core/descriptor/text/locate.ts';
import { nodeValue } from '../../src/core/descriptor/text/node-value.ts';
import { parse } from '../../src/core/descriptor/text/parse.ts';
import { parseLines } from '../../src/core/descriptor/text/parse-lines.ts';
import { parseQuick } from '../../src/core/descriptor/text/parse-quick.ts';
import { readDocument } from '../../src/core/descriptor/text/read-document.ts';
import { SourceText } from '../../src/core/descriptor/text/source-text.ts';

/** A descriptor with every way of writing that people use. */
const ordinary = `---
name: shop
containers:
  web:
    image: "registry.example.com:5000/shop/web:3"
    command: [sleep, "3600"]
    env: {MODE: production, N: "1", 'x': 1.5, "T": "\${TAG:-3}"}
    ports:
      - "80:8080"
      - 127.0.0.1:90:90
    # a comment
    health: {cmd: [wget, -qO-, "http://127.0.0.1:8080/"], interval: 5s}
    schedule: "*-*-* 03:00"
    after: [db]
    files:
      - target: /etc/x
        content: |
          listen 80
            more # no comment

          end
      - {source: ./a, target: /b}
  db:
    image: x   # a comment
    text: >-
      folded
      text

      para
       more
    single: 'with ''quotes''
      over lines'
    double: "over \\
      \\u00e9 lines"
    plain: over
      two lines
    list:
    - a
    - - b
      - c
    - k: v
      l: w
    keep: |+
      x

x-last: ~
`;
const pieces =
  `a|b|key|: |:|a: |- |-|? |\n|\n  |\n    |\n- |\n  - |\n\n|\t| |,|, |[|]|{|}|[a, b]|{a: b}|"|'|"x"|'y'|""|'|&a |*a|<<|<<: |!!str |! |%YAML 1.2|---\n|---|...\n|#| # c|\n# c\n|\${A}|\${|$$|$|1|0644|1.0|true|~|null|\\|\\n|\\x00|日|😀|@|\`|=|__proto__|"a": |-\n|key:\n|\r\n|\u2028`
    .split('|')
    .concat('|', '>', '|\n', '>-\n  ', '|2', '|+\n ');
const noise = fc.array(fc.constantFrom(...pieces), { maxLength: 25 }).map((parts) => parts.join(''));

const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\0')),
  fc.constantFrom(...pieces, 'a\n b\n\n', ' x', 'x ', '- a', 'a: b', '*', 'yes', '012', '1e3', '2026-01-02'),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 8 }), tie('value'), { maxKeys: 4 }),
  ),
}));
const written = fc
  .tuple(
    fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), value, { minKeys: 1, maxKeys: 4 }),
    fc.nat(3),
  )
  .map(([map, style]) => {
    if (style === 0) return JSON.stringify(map);
    if (style === 1) return JSON.stringify(map, null, 2);
    return style === 2 ? stringify(map) : dump(map, { flowLevel: 2 });
  });

/** A text with a few of its characters taken out, and pieces put in. */
const mangled = fc
  .tuple(
    fc.oneof(fc.constant(ordinary), written),
    fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.constantFrom('', ...pieces)), { minLength: 1, maxLength: 4 }),
    fc.tuple(fc.nat(), fc.nat(300)),
  )
  .map(([base, edits, [at, length]]) => {
    // A part of it, from the beginning of a line, so that a second edit does not always meet a text that is spoilt.
    const from = base.lastIndexOf('\n', at % base.length) + 1;
    return edits.reduce(
      (text, [where, cut, piece]) => {
        const offset = where % (text.length + 1);
        return text.slice(0, offset) + piece + text.slice(offset + cut);
      },
      base.slice(from, from + length + 1),
    );
  });
const texts = fc.oneof(noise, written, mangled);
const variables = { A: 'value of ${A}', TAG: '4' };
const read = (given: readonly string[]) =>
  readDocument(
    given.map((text, at) => ({ path: `${at}.yaml`, bytes: new TextEncoder().encode(text) })),
    { variables },
  );
/** The same, behind a comment that only the parser with places takes. */
const slowly = (text: string) => `# \t\n${text}`;

async function agree(text: string): Promise<void> {
  const quick = parseQuick(text);
  if (quick === undefined) return;
  const full = await parse(new SourceText('x.yaml', text));
  expect(full, JSON.stringify(text)).toMatchObject({ ok: true });
  if (full.ok) expect(full.value.map((part) => part.value)).toEqual([quick]);
}

/** Every path of a value. */
function paths(of: unknown, at: Path = []): readonly Path[] {
  if (typeof of !== 'object' || of === null) return [at];
  const entries = Array.isArray(of) ? [...of.entries()] : Object.entries(of);
  return [at, ...entries.flatMap(([key, item]) => paths(item, [...at, key]))];
}

/** Whether the places of a text are found line by line; where they are, they are those of the parser with places. */
async function agreeOnPlaces(text: string): Promise<boolean> {
  const quick = parseQuick(text);
  const node = quick === undefined ? undefined : parseLines(text);
  const source = new SourceText('x.yaml', text);
  const read = node === undefined ? undefined : nodeValue(source, node);
  // What means something else is not used.
  if (node === undefined || read === undefined || 'failure' in read) return false;
  if (JSON.stringify(read.value) !== JSON.stringify(quick)) return false;
  const full = await parse(source);
  if (!full.ok) throw new Error('what is read the quick way is read with places');
  for (const path of paths(quick))
    for (const part of ['key', 'value'] as const)
      expect(locate(node, path, part).start, JSON.stringify([text, path, part])).toBe(
        full.value[0]?.span(path, part).start,
      );
  return true;
}

/** What people write most: words, numbers and short lists, on lines of their own. */
const word = fc.constantFrom(
  'a',
  'web',
  'b-c',
  '80:80',
  './x:/y',
  '1.5',
  'true',
  '"q: #"',
  "'s'",
  'x y',
  'a#b',
  '~',
);
const simple = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.constant(null),
    fc.array(tie('value'), { minLength: 1, maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'web', 'b-c', 'x.y', '/p', '7'), tie('value'), {
      minKeys: 1,
      maxKeys: 3,
    }),
  ),
})).value;

/** In the ways of people: items further in or not, brackets at a depth, comments. */
function lines(
  of: unknown,
  indent: number,
  style: { readonly flow: number; readonly deep: boolean },
): string {
  const blanks = ' '.repeat(indent);
  if (typeof of !== 'object' || of === null) return ` ${textOf(of)} # c\n`;
  if (style.flow === 0) return ` ${flow(of)}\n`;
  const below = { ...style, flow: style.flow - 1 };
  if (Array.isArray(of))
    return `\n${of
      .map((item: unknown) => {
        const inner = lines(item ?? '~', indent + 2, below);
        return `${blanks}-${inner.startsWith('\n') ? ` ${inner.trimStart()}` : inner}`;
      })
      .join('# c\n')}`;
  const entries = Object.entries(of).map(([key, item]) => {
    const inner = Array.isArray(item) && !style.deep ? indent : indent + 2;
    return `${blanks}${key}:${lines(item, inner, below)}`;
  });
  return `\n${entries.join('\n')}`;
}

function textOf(of: unknown): string {
  return typeof of === 'string' ? of : '';
}

function flow(of: unknown): string {
  if (Array.isArray(of)) return `[${of.map((item: unknown) => flow(item ?? '~')).join(', ')}]`;
  if (typeof of !== 'object' || of === null) return textOf(of).replace('x y', 'x');
  return `{${Object.entries(of)
    .map(([key, item]) => `${key}: ${flow(item)}`)
    .join(', ')} }`;
}

describe('the places of a text', () => {
  it('are found line by line where they are those of the parser with places', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        await agreeOnPlaces(text);
      }),
      { numRuns: 1500 },
    );
  });

  it('are found so in what people write most', async () => {
    const styles = fc.record({ flow: fc.constantFrom(1, 2, 9), deep: fc.boolean() });
    let found = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom('a', 'b', 'c.d'), simple, { minKeys: 1 }),
        styles,
        async (map, style) => {
          if (await agreeOnPlaces(lines(map, 0, style).slice(1))) found += 1;
        },
      ),
      { numRuns: 1000 },
    );
    expect(found).toBeGreaterThan(600);
  });
});

describe('a text that is read the quick way', () => {
  it('means what it means with places, whatever it is', async () => {
    await fc.assert(fc.asyncProperty(texts, agree), { numRuns: 3000 });
  });

  it('is an ordinary descriptor', async () => {
    expect(parseQuick(ordinary)).toBeDefined();
    await agree(ordinary);
  });

  it('is what a person or a program writes of plain values', () => {
    const plain = {
      name: 'shop',
      containers: { web: { image: 'a/b:1', ports: ['80:80'], env: { A: '${B}:1' } } },
    };
    for (const text of [stringify(plain), dump(plain), JSON.stringify(plain), JSON.stringify(plain, null, 2)])
      expect(parseQuick(text), text).toEqual(plain);
  });
});

describe('a document of one or two files', () => {
  it('has one value, with variables and overlays, and finds its places afterwards', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 2 }), async (given) => {
        const [document, other] = [await read(given), await read(given.map(slowly))];
        expect(document.ok).toBe(other.ok);
        if (!document.ok || !other.ok) return;
        expect(document.value.value).toEqual(other.value.value);
        await document.value.locate();
        const [key = ''] = Object.keys(document.value.value as object);
        expect(document.value.place([key], 'key').line).toBe((other.value.place([key], 'key').line ?? 0) - 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('has lines only once it was told to find them', async () => {
    const result = await read([ordinary]);
    if (!result.ok) throw new Error('was refused');
    expect(result.value.place(['name'])).toEqual({ source: '0.yaml' });
    await result.value.locate();
    expect(result.value.place(['name'])).toMatchObject({ line: 2, column: 7 });
  });
});
