import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareApps } from '../../src/core/descriptor/diff/compare-apps.ts';
import { nativeApp } from '../../src/core/descriptor/export/native-app.ts';
import { nativeText } from '../../src/core/descriptor/export/native-text.ts';
import type { AppRequest } from '../../src/core/model/app.ts';
import { makeApp } from '../support/app.ts';
import { appOf } from '../support/native.ts';

/** Text that a file of UTF-8 can hold, with all that YAML, interpolation and terminals are touchy about. */
const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.constantFrom(
      'no',
      '0644',
      '22:22',
      '~',
      'null',
      '1e3',
      '${A}',
      '$$',
      '$',
      ' x',
      'x ',
      '# c',
      '- a',
      'a: b',
    ),
    fc
      .array(
        fc.constantFrom(
          'a',
          ' ',
          '\n',
          '\t',
          '\r',
          '$',
          '{',
          '"',
          "'",
          '\\',
          ':',
          '#',
          '\u001b',
          '\u2028',
          '\ufeff',
        ),
      )
      .map((parts) => parts.join('')),
  )
  .map((given) => given.replaceAll(/[\0]/g, '').replaceAll(/\p{Cs}/gu, ''));

const apps: fc.Arbitrary<AppRequest> = fc
  .record({
    command: fc.array(text, { minLength: 1 }),
    values: fc.array(text, { maxLength: 4 }),
    contents: fc.array(text, { maxLength: 3 }),
    label: text.filter((given) => !/\p{Cc}/u.test(given)),
  })
  .map(({ command, values, contents, label }) => {
    const files = contents.map((content, index) => ({
      target: `/etc/file${String(index)}`,
      content: new TextEncoder().encode(content),
    }));
    return makeApp(
      'app',
      {
        web: {
          environment: Object.fromEntries(values.map((value, index) => [`V${String(index)}`, value])),
          ...(files.length === 0 ? {} : { files }),
          spec: {
            command,
            options: { label: [`note=${label}`] },
            ...(files.length === 0 ? {} : { files: files.map(({ target }) => ({ target, mode: 0o444 })) }),
          },
        },
      },
      { source: '/srv/app.yaml', networks: [{ name: 'app_default', spec: {} }] },
    );
  });

test('what is exported means the same when it is read again, whatever the texts hold', async () => {
  await fc.assert(
    fc.asyncProperty(apps, async (app) => {
      const options = { showEnv: true, fileSource: () => '/nowhere' };
      const again = await appOf(nativeText(nativeApp(app, options)));
      expect(again).toEqual(app);
      expect(compareApps(app, again)).toEqual({ lines: [], containers: [] });
    }),
    { numRuns: 300 },
  );
});
