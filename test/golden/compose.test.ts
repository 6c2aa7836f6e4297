import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { convertText } from '../../src/core/descriptor/foreign/convert-text.ts';
import { nativeApp } from '../../src/core/descriptor/export/native-app.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import { readDocument } from '../../src/core/descriptor/text/read-document.ts';
import { composeOf } from '../support/compose.ts';
import { valueOf } from '../unit/core/descriptor/expectations.ts';

const folder = path.join(import.meta.dirname, 'compose');
const cases = (await readdir(folder)).toSorted();
const variables = { HOME: '/home/anna', TOKEN: 'from the environment' };
const contents = {
  'secret.txt': 'content\n',
  'web.conf': 'content\n',
  'plain.txt': 'content\n',
  'labels.env': 'a=1\n',
  'other.env': 'A=1\n',
  'plain.env': 'A=1\n# a comment\nB=x\n',
  'quoted.env': 'B="two words" # why\nC=3\n',
};
const files = Object.entries(contents).map(([name, text]) => ({
  path: `/srv/shop/${name}`,
  bytes: new TextEncoder().encode(text),
}));
const context = {
  directory: '/srv/shop',
  environment: variables,
  files: new Map(files.map((file) => [file.path, file])),
};

describe.each(cases)('%s', (name) => {
  const expected = (file: string) => path.join(folder, name, 'expected', file);

  test('is told key by key, and converted', async () => {
    const text = await readFile(path.join(folder, name, 'compose.yaml'), 'utf8');
    const app = valueOf(await composeOf(text, { variables, files }));
    const told = app.losses.map(
      ({ key, verdict, words, next, place }) =>
        `${String(place.line ?? '')}: ${key}: ${verdict}${words === '' ? '' : `: ${words}`}${next === undefined ? '' : ` → ${next}`}`,
    );
    await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(expected('losses.txt'));
    await expect(convertText(app).text).toMatchFileSnapshot(expected('gear.yaml'));
  });

  test('is a native descriptor, in memory as well as in the text that convert prints', async () => {
    const text = await readFile(path.join(folder, name, 'compose.yaml'), 'utf8');
    const app = valueOf(await composeOf(text, { variables, files }));
    const direct = valueOf(readNative(app.document, context));
    const bytes = new TextEncoder().encode(convertText(app).text);
    const printed = valueOf(await readDocument([{ path: 'compose.yaml', bytes }], { variables }));
    expect(valueOf(readNative(printed, context))).toEqual(direct);
    // And by the way back: what would be exported of it.
    expect(nativeApp(direct, { showEnv: true, fileSource: () => '/x' }).notes).toEqual([]);
  });
});
