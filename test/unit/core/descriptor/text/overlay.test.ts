import { describe, expect, it } from 'vitest';
import { read, refused, shown } from './read.ts';

const container = async (base: string, prod: string) => {
  const { value } = await read({
    'base.yaml': `containers: {web: {${base}}}`,
    'prod.yaml': `containers: {web: {${prod}}}`,
  });
  return (value as { containers: { web: unknown } }).containers.web;
};

describe('a file laid over another', () => {
  it.each([
    ['merges maps', 'env: {A: 1, B: 2}', 'env: {B: 3}', { env: { A: 1, B: 3 } }],
    ['replaces scalars', 'image: a', 'image: b', { image: 'b' }],
    ['replaces lists', 'command: [a, b]', 'command: [c]', { command: ['c'] }],
    ['takes away what it sets to null', 'image: a, user: u', 'user: null', { image: 'a' }],
    ['replaces a map by a scalar', 'health: {cmd: x}', 'health: false', { health: false }],
    [
      'adds ports without repeating one',
      'ports: ["80:80"]',
      'ports: ["80:80", "443:443"]',
      { ports: ['80:80', '443:443'] },
    ],
    [
      'replaces the volume of a target',
      'volumes: ["a:/data", "/x:/y:ro"]',
      'volumes: ["b:/data:ro"]',
      { volumes: ['b:/data:ro', '/x:/y:ro'] },
    ],
    [
      'replaces the file of a target',
      'files: [{source: a, target: /c}]',
      'files: [{source: b, target: /c}]',
      { files: [{ source: 'b', target: '/c' }] },
    ],
    [
      'replaces the secret of a name',
      'secrets: [pg, k]',
      'secrets: [{name: pg, mode: "0400"}]',
      { secrets: [{ name: 'pg', mode: '0400' }, 'k'] },
    ],
    ['replaces the variable of a name in lists', 'env: [A=1, B=2]', 'env: [A=3]', { env: ['A=3', 'B=2'] }],
    ['joins a text and a list', 'env_file: a.env', 'env_file: [b.env]', { env_file: ['a.env', 'b.env'] }],
    ['adds relations', 'after: [a]', 'after: [b]', { after: ['a', 'b'] }],
  ])('%s', async (_name, base, prod, value) => {
    expect(await container(base, prod)).toEqual(value);
  });

  it('leaves each value its place in the file that it came from', async () => {
    const { place, source } = await read({
      'base.yaml': 'containers:\n  web:\n    image: a\n    ports: ["80:80"]\n',
      'prod.yaml': 'containers:\n  web:\n    ports: ["443:443"]\n  db:\n    image: b\n',
    });
    expect(source).toBe('base.yaml');
    const web = ['containers', 'web'];
    expect(place([...web, 'image'])).toMatchObject({ source: 'base.yaml', line: 3 });
    expect(place([...web, 'ports', 0])).toMatchObject({ source: 'base.yaml', line: 4 });
    expect(place([...web, 'ports', 1])).toMatchObject({ source: 'prod.yaml', line: 3, column: 13 });
    expect(place(['containers', 'db', 'image'])).toMatchObject({ source: 'prod.yaml', line: 5 });
    expect(place([...web, 'absent'])).toMatchObject({ source: 'prod.yaml', line: 2 });
  });

  it('is refused where one has a map and the other a list of the same set', async () => {
    const failures = await refused({
      'base.yaml': 'containers: {web: {env: {A: 1}}}',
      'prod.yaml': 'containers:\n  web:\n    env: [B=1]\n',
    });
    expect(failures.map(shown)).toEqual([
      'prod.yaml:3:5 "env" is a map in one file and a list in the other, so they cannot be laid over each other',
    ]);
    expect(failures[0]?.next).toBe('write it as in base.yaml:1');
  });
});
