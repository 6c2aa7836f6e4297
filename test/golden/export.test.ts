import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nativeApp } from '../../src/core/descriptor/export/native-app.ts';
import { nativeText } from '../../src/core/descriptor/export/native-text.ts';
import { appOf } from '../support/native.ts';

const folder = path.join(import.meta.dirname, 'export');
const fileSource = (container: string, target: string) => `/etc/gear/files/${container}${target}`;

test('an app with one of everything is exported so that it means the same when it is read again', async () => {
  const app = await appOf(await readFile(path.join(folder, 'everything.yaml'), 'utf8'));
  const { value, notes } = nativeApp(app, { showEnv: true, fileSource });
  const text = nativeText({ value, notes });
  expect(notes).toEqual([]);
  await expect(text).toMatchFileSnapshot(path.join(folder, 'expected', 'everything.yaml'));
  expect(await appOf(text)).toEqual(app);
});

test('values of variables are asked for, and none stands in the text', async () => {
  const app = await appOf(
    'containers: {one: {image: a, env: {SAME: s3cret, OWN: hunter2}}, two: {image: b, env: {SAME: s3cret, OWN: passw0rd}}}',
  );
  const text = nativeText(nativeApp(app, { showEnv: false, fileSource }));
  await expect(text).toMatchFileSnapshot(path.join(folder, 'expected', 'references.yaml'));
  for (const secret of ['s3cret', 'hunter2', 'passw0rd']) expect(text).not.toContain(secret);
  await expect(appOf(text)).rejects.toThrow('SAME');
  const given = { SAME: 's3cret', ONE_OWN: 'hunter2', TWO_OWN: 'passw0rd' };
  expect(await appOf(text, given)).toEqual(app);
});

test('what waits for a container that gear install made goes on waiting for it', async () => {
  const app = await appOf('containers: {web: {image: a, after: [ctr-db.service], requires: [shop.cache]}}');
  expect(app.containers[0]?.spec).toMatchObject({ after: ['db'], requires: ['shop.cache'] });
  const text = nativeText(nativeApp(app, { showEnv: true, fileSource }));
  expect(await appOf(text)).toEqual(app);
});
