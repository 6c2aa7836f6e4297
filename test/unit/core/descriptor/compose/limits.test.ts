import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSource } from '../../../../../src/adapters/files/read-source.ts';
import { loadCompose } from '../../../../../src/core/descriptor/compose/load-compose.ts';
import { readCompose } from '../../../../../src/core/descriptor/compose/read-compose.ts';
import { limits } from '../../../../../src/core/descriptor/text/limits.ts';
import { valueOf } from '../expectations.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gear-compose-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Writes files of a project, and reads compose.yaml of it with what it asks for, from the disk. */
async function read(texts: Readonly<Record<string, string>>) {
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, name), text);
  const context = {
    directory: folder,
    environment: {},
    files: { get: (file: string) => readSource(file, limits.bytes) },
  };
  const document = await loadCompose([readSource(path.join(folder, 'compose.yaml'), limits.bytes)], context);
  return document.ok ? readCompose(document.value, context) : document;
}

async function told(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const result = await read(texts);
  if (result.ok) return [];
  return result.failures.map(({ message, next, place }) =>
    `${path.basename(place?.source ?? '')}:${String(place?.line ?? '')} ${message} → ${next}`.replaceAll(
      folder,
      'PROJECT',
    ),
  );
}

describe('a file of more than 5 MB is refused by its size', () => {
  const large = `services: {web: {image: a}}\n${'# a comment\n'.repeat(500_000)}`;

  test('when it is named', async () => {
    expect(await told({ 'compose.yaml': large })).toEqual([
      'compose.yaml: the file "PROJECT/compose.yaml" has 5.7 MiB, and may have at most 1 MiB → split it, or mount large contents from files of their own',
    ]);
  });

  test.each([
    ['included', 'include:\n  - large.yaml\n', 2],
    ['extended', 'services:\n  web:\n    extends: {file: large.yaml, service: web}\n', 3],
  ])('when it is %s, at the line that asks for it', async (_, text, line) => {
    const [first] = await told({ 'compose.yaml': text, 'large.yaml': large });
    expect(first).toBe(
      `compose.yaml:${String(line)} the file "PROJECT/large.yaml" has 5.7 MiB, and may have at most 1 MiB → split it, or mount large contents from files of their own`,
    );
  });
});

describe('files that ask for files end', () => {
  const chain = (length: number, text: (next: string) => string): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Array.from({ length }, (_, at) => [
        at === 0 ? 'compose.yaml' : `${String(at)}.yaml`,
        at + 1 < length ? text(`${String(at + 1)}.yaml`) : 'services: {web: {image: a}}\n',
      ]),
    );

  test('a chain of thirty files is read', async () => {
    const app = valueOf(await read(chain(30, (next) => `include: [${next}]\n`)));
    expect(app.document.value).toMatchObject({ containers: { web: { image: 'a' } } });
  });

  test.each([
    ['include', (next: string) => `include: [${next}]\n`],
    ['extends', (next: string) => `services: {web: {extends: {file: ${next}, service: web}}}\n`],
  ])('more than two hundred by %s are refused once, where it is too much', async (_, text) => {
    expect(await told(chain(300, text))).toEqual([
      '199.yaml:1 more than 200 files are asked for → take an include or extends away',
    ]);
  });

  test('a file that includes itself is refused at its line', async () => {
    expect(await told({ 'compose.yaml': 'services: {}\ninclude: [compose.yaml]\n' })).toEqual([
      'compose.yaml:2 "PROJECT/compose.yaml" includes itself, by way of other files → take one include away',
    ]);
  });
});

describe('services that extend services end', () => {
  const services = (length: number, last: string) =>
    `services:\n${Array.from({ length }, (_, at) => `  s${String(at)}: {extends: s${String(at + 1)}}\n`).join('')}  s${String(length)}: ${last}\n`;

  test('a chain of thirty is read', async () => {
    const app = valueOf(await read({ 'compose.yaml': services(30, '{image: a, restart: always}') }));
    expect(app.document.value).toMatchObject({ containers: { s0: { image: 'a' } } });
  });

  test('a chain of ten thousand is refused', async () => {
    expect(await told({ 'compose.yaml': services(10_000, '{image: a}') })).toContain(
      'compose.yaml:102 "s0" extends more than 100 services, one after another → let it extend the last one itself',
    );
  });

  test('a circle of ten thousand is refused too', async () => {
    expect((await told({ 'compose.yaml': services(10_000, '{extends: s0}') })).length).toBeGreaterThan(0);
  });
});

describe('a path outside the project’s folder', () => {
  test('leads where it points, and never above the root', async () => {
    const up = '../'.repeat(40);
    const app = valueOf(
      await read({
        'compose.yaml': `services: {web: {image: a, restart: always, volumes: ["../data:/data", "${up}srv/x:/x"]}}\n`,
      }),
    );
    const { volumes } = (app.document.value as { containers: { web: { volumes: readonly string[] } } })
      .containers.web;
    expect(volumes).toEqual(['../data:/data', `${up}srv/x:/x`]);
  });

  test.each([
    ['include', 'include: [../../../none/such/compose.yaml]\n'],
    ['extends', 'services: {web: {extends: {file: ../../../none/such/compose.yaml, service: web}}}\n'],
  ])('of %s is named as a whole where it does not exist', async (_, text) => {
    expect(await told({ 'compose.yaml': text })).toContain(
      'compose.yaml:1 the file "/none/such/compose.yaml" does not exist → make it, or correct the path',
    );
  });
});
