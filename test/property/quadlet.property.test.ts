import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import { containerKeys } from '../../src/core/descriptor/quadlet/container-keys.ts';
import { podKeys } from '../../src/core/descriptor/quadlet/pod-keys.ts';
import { networkKeys, volumeKeys } from '../../src/core/descriptor/quadlet/resource-keys.ts';
import { quadletOf } from '../support/quadlet.ts';

const value = fc.oneof(
  fc.constantFrom(
    '',
    'true',
    'no',
    'a=b "c=d e"',
    '80:80',
    './x:/y:ro',
    'data.volume:/d',
    'app.network',
    '%i %H %%',
    '["a"]',
    '"',
    '\\',
    'x.pod',
    '--memory 1g',
  ),
  fc.string({ maxLength: 30 }),
);
const keys = (names: readonly { readonly name: string }[]) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...names.map(({ name }) => name)) },
    { weight: 1, arbitrary: fc.string() },
  );
const section = (name: string, table: readonly { readonly name: string }[]) =>
  fc
    .array(fc.tuple(keys(table), value), { maxLength: 8 })
    .map((lines) => `[${name}]\n${lines.map(([key, text]) => `${key}=${text}`).join('\n')}\n`);
const unit = fc
  .array(
    fc.tuple(
      fc.constantFrom('After', 'BindsTo', 'Description'),
      fc.constantFrom('b.service', 'a.container', 'x', '%n'),
    ),
  )
  .map((lines) => `[Unit]\n${lines.map((line) => line.join('=')).join('\n')}\n`);
const service = fc
  .array(fc.tuple(fc.constantFrom('Restart', 'RestartSec', 'Type', 'Nice', 'User'), value))
  .map((lines) => `[Service]\n${lines.map((line) => line.join('=')).join('\n')}\n`);
const files = fc.record(
  {
    'a.container': fc
      .tuple(section('Container', containerKeys), unit, service)
      .map((parts) => parts.join('')),
    'b@.container': section('Container', containerKeys),
    'data.volume': section('Volume', volumeKeys),
    'app.network': section('Network', networkKeys),
    'x.pod': section('Pod', podKeys),
    'y.volume': fc.string({ unit: 'binary' }),
  },
  { requiredKeys: ['a.container'] },
);

test('whatever the files hold, reading them ends in a value or in mistakes with places, never in a crash', () => {
  fc.assert(
    fc.property(files, (texts) => {
      const app = quadletOf(texts);
      if (app.ok) {
        readNative(app.value.document, { directory: '/srv/shop', environment: {}, files: new Map() });
        return;
      }
      expect(app.failures.length).toBeGreaterThan(0);
      for (const { message, next, place } of app.failures) {
        expect(message).toMatch(/^[^\n]*[^.\n]$/);
        expect(next).not.toBe('');
        expect(place?.source).toBeDefined();
      }
    }),
    { numRuns: 2000 },
  );
});

test('no key is dropped in silence', () => {
  fc.assert(
    fc.property(section('Container', containerKeys), (text) => {
      fc.pre(!text.includes('\\'));
      const app = quadletOf({ 'a.container': text, 'data.volume': '', 'app.network': '', 'x.pod': '' });
      if (!app.ok) return;
      const told = new Set(app.value.losses.map(({ path }) => String(path[2])));
      const last = new Map(
        text
          .split('\n')
          .flatMap((line) =>
            /^(\w+)=(.*)$/.exec(line)
              ? [[line.split('=', 1)[0] ?? '', line.split('=').slice(1).join('=').trim()]]
              : [],
          ),
      );
      for (const [key, given] of last) if (given !== '') expect(told, key).toContain(key);
    }),
    { numRuns: 1000 },
  );
});
