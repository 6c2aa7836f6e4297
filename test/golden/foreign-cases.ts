import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ForeignApp } from '../../src/core/descriptor/foreign/foreign-app.ts';
import { convertText } from '../../src/core/descriptor/foreign/convert-text.ts';
import { nativeApp } from '../../src/core/descriptor/export/native-app.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import { readDocument } from '../../src/core/descriptor/text/read-document.ts';
import type { Result } from '../../src/errors/failure.ts';
import { printFailures } from '../../src/report/failure.ts';
import { createStyle } from '../../src/report/style.ts';
import { valueOf } from '../unit/core/descriptor/expectations.ts';

type Files = Readonly<Record<string, string>>;

/**
 * Cases of a format: each folder is one, its name the obligation. What becomes of every key, and the native form, are
 * beside it; of a case that begins with `bad-` the diagnostics are.
 */
export async function foreignCases(
  format: string,
  read: (files: Files) => Promise<Result<ForeignApp>> | Result<ForeignApp>,
): Promise<void> {
  const folder = path.join(import.meta.dirname, format);
  const cases = (await readdir(folder)).toSorted();
  describe.each(cases.filter((name) => name.startsWith('bad-')))('%s', (name) => {
    test('is told with places in the original', async () => {
      const result = await read(await filesOf(path.join(folder, name)));
      const told = result.ok ? failuresOf(result.value) : result.failures;
      const text = printFailures(told, createStyle({ columns: 120 }, {}));
      await expect(text).toMatchFileSnapshot(path.join(folder, name, 'expected', 'diagnostics.txt'));
    });
  });
  describe.each(cases.filter((name) => !name.startsWith('bad-')))('%s', (name) => {
    const expected = (file: string) => path.join(folder, name, 'expected', file);
    test('is told key by key, and converted', async () => {
      const app = valueOf(await read(await filesOf(path.join(folder, name))));
      const told = app.losses.map(
        ({ key, verdict, words, next, place }) =>
          `${String(place.line ?? '')}: ${key}: ${verdict}${words === '' ? '' : `: ${words}`}${next === undefined ? '' : ` → ${next}`}`,
      );
      await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(expected('losses.txt'));
      await expect(convertText(app).text).toMatchFileSnapshot(expected('gear.yaml'));
    });

    test('is a native descriptor, in memory as well as in the text that convert prints', async () => {
      const app = valueOf(await read(await filesOf(path.join(folder, name))));
      const direct = valueOf(readNative(app.document, context));
      const bytes = new TextEncoder().encode(convertText(app).text);
      const printed = valueOf(await readDocument([{ path: 'gear.yaml', bytes }], { variables: {} }));
      expect(valueOf(readNative(printed, context))).toEqual({ ...direct, source: 'gear.yaml' });
      expect(nativeApp(direct, { showEnv: true, fileSource: () => '/x' }).notes).toEqual([]);
    });
  });
}

const named = new TextEncoder().encode('A=1\n');
const context = {
  directory: '/srv/shop',
  environment: {},
  files: new Map(
    ['web.env', 'db.env'].map((name) => [`/srv/shop/${name}`, { path: `/srv/shop/${name}`, bytes: named }]),
  ),
};

async function filesOf(folder: string): Promise<Files> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('/expected/'))
    .toSorted();
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  return Object.fromEntries(files.map((file, index) => [path.relative(folder, file), texts[index] ?? '']));
}

/** What of a file cannot be had is told as apply would. */
function failuresOf(app: ForeignApp) {
  const read = readNative(app.document, context);
  return [
    ...app.losses
      .filter(({ verdict }) => verdict === 'refused')
      .map(({ key, words, next = '', place }) => ({
        code: 'UNSUPPORTED' as const,
        message: `${key} cannot be had: ${words}`,
        next,
        place,
      })),
    ...(read.ok ? [] : read.failures),
  ];
}
