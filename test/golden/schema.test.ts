import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseDocument } from 'yaml';
import { appSchema } from '../../src/core/descriptor/native/schema.ts';
import { isDescriptor, isOverlay } from '../support/shipped-schemas.ts';

const root = path.join(import.meta.dirname, '..', '..');

interface Given {
  readonly name: string;
  readonly value: unknown;
}

/** Every descriptor below a folder that is YAML or JSON at all; those of formats that are not gear's lie elsewhere. */
function descriptorsIn(folder: string): readonly Given[] {
  const names = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.(ya?ml|json)$/.test(name) && !name.includes('expected'))
    .toSorted()
    .flatMap((name) => {
      const document = parseDocument(readFileSync(path.join(root, folder, name), 'utf8'), { schema: 'core' });
      return document.errors.length > 0 ? [] : [{ name, value: document.toJS() as unknown }];
    });
}

const isLaidOver = ({ name }: Given): boolean => /(overlay-\d|prod)\.yaml$/.test(name);
const examples = descriptorsIn('examples');
const golden = descriptorsIn('test/golden/descriptors');
const good = golden.filter(({ name }) => name.startsWith('good-'));

test('there is something to look at', () => {
  expect(examples.length).toBeGreaterThan(4);
  expect(good.length).toBeGreaterThan(15);
});

test.each([...examples, ...good].filter((given) => !isLaidOver(given)))(
  '$name is a descriptor',
  ({ value }) => {
    expect(isDescriptor(value) ? [] : isDescriptor.errors).toEqual([]);
  },
);

test.each([...examples, ...good].filter(isLaidOver))('$name is an overlay', ({ value }) => {
  expect(isOverlay(value) ? [] : isOverlay.errors).toEqual([]);
});

test.each(golden.filter((given) => !isLaidOver(given)))('of $name it thinks as gear does', ({ value }) => {
  expect(isDescriptor(withoutExtensions(value))).toBe(appSchema.safeParse(withoutExtensions(value)).success);
});

describe('what an editor underlines', () => {
  const web = (more: object) => ({ containers: { web: { image: 'nginx:1.27', ...more } } });
  test.each([
    ['no containers', { name: 'shop' }],
    ['containers as a list', { containers: ['web'] }],
    ['no image', { containers: { web: { ports: ['80:80'] } } }],
    ['a misspelt key', web({ prots: ['80:80'] })],
    ['a misspelt key at the top', { ...web({}), nmae: 'shop' }],
    ['ports that are no list', web({ ports: '80:80' })],
    ['an unknown engine', { ...web({}), engine: 'rkt' }],
    ['a health check without a command in words', web({ health: { cmd: 5 } })],
    ['a job that is a text', web({ job: 'yes' })],
    ['a network with a misspelt key', { ...web({}), networks: { back: { interal: true } } }],
    ['a file without a target', web({ files: [{ content: 'x' }] })],
    ['a section of units that there is none of', web({ systemd: { Timer: { OnBootSec: 5 } } })],
  ])('%s', (_, value) => {
    expect(isDescriptor(value)).toBe(false);
    expect(appSchema.safeParse(value).success).toBe(false);
  });

  test('and in an overlay a misspelt key, but nothing that the file below has', () => {
    expect(isOverlay({ containers: { web: { memory: '1g', env: { LEVEL: null }, ports: null } } })).toBe(
      true,
    );
    expect(isOverlay({ containers: { web: { memroy: '1g' } } })).toBe(false);
  });
});

/** Keys that begin with `x-` are passed over: gear takes them away before it looks. */
function withoutExtensions(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !key.startsWith('x-')));
}
