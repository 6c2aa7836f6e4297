import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDotEnv } from '../../../../../src/core/descriptor/text/dot-env.ts';
import { limits } from '../../../../../src/core/descriptor/text/limits.ts';
import { containerSets } from '../../../../../src/core/descriptor/text/overlay-rules.ts';
import { read } from './read.ts';

const page = readFileSync(
  path.join(import.meta.dirname, '../../../../../docs/topics/descriptor-syntax.md'),
  'utf8',
);
const blocks = [...page.matchAll(/```(yaml|sh|json)\n([^]*?)```/g)].map(([, kind = '', text = '']) => ({
  kind,
  text,
}));

/** Each JSON of the page with the examples before it. */
const examples = blocks.flatMap(({ kind, text }, index) => {
  if (kind !== 'json') return [];
  const before = blocks.slice(0, index).findLastIndex((block) => block.kind === 'json');
  return [{ given: blocks.slice(before + 1, index), meaning: JSON.parse(text) as unknown }];
});

describe('the page about the text of a descriptor', () => {
  it('has an example of values, merges, variables, .env and overlays', () => {
    expect(examples.map(({ given }) => given.map(({ kind }) => kind).join('+'))).toEqual([
      'yaml',
      'yaml',
      'yaml',
      'sh',
      'yaml+yaml',
    ]);
  });

  it.each(examples)('gives examples that mean what it says: $meaning', async ({ given, meaning }) => {
    const [first] = given;
    if (first?.kind === 'sh') expect(parseDotEnv('.env', first.text)).toEqual({ ok: true, value: meaning });
    else {
      const files = Object.fromEntries(given.map(({ text }, index) => [`${index}.yaml`, text]));
      expect((await read(files, { USER_NAME: 'ann' })).value).toEqual(meaning);
    }
  });

  it('names every set and every limit', () => {
    for (const key of Object.keys(containerSets)) expect(page).toContain(`\`${key}\``);
    const numbers = [limits.depth, limits.values, limits.expanded].map((limit) =>
      limit.toLocaleString('fr-FR'),
    );
    const text = page.replaceAll(/\s+/g, ' ');
    for (const number of numbers) expect(text).toContain(number.replaceAll(/\s/g, ' '));
  });
});
