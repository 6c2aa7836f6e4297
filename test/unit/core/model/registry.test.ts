import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRegistry, readLogins, writeLogins } from '../../../../src/core/model/registry.ts';
import { valueOf } from '../descriptor/expectations.ts';

test.each([
  ['ghcr.io', 'ghcr.io'],
  ['https://registry.example:5000/v2/', 'registry.example:5000'],
  ['localhost', 'localhost'],
  ['index.docker.io', 'docker.io'],
  ['[::1]:5000', '[::1]:5000'],
])('%s is the registry %s', (given, registry) => {
  expect(valueOf(parseRegistry(given))).toBe(registry);
});

test.each(['', 'web', 'a b.example', 'regi/stry', '--help', 'x.example:port', 'user:pw@x.example'])(
  '%j is no registry',
  (given) => {
    expect(parseRegistry(given)).toMatchObject({ ok: false, failures: [{ code: 'VALUE_INVALID' }] });
  },
);

describe('a store of logins', () => {
  test('gives back what was put in, whatever characters a password has', () => {
    const username = fc.string({ minLength: 1 }).filter((text) => !text.includes(':'));
    const login = fc.record({ username, password: fc.string(), identityToken: fc.constant('') });
    fc.assert(
      fc.property(fc.dictionary(fc.domain(), login, { minKeys: 1, noNullPrototype: true }), (logins) => {
        const map = new Map(Object.entries(logins));
        expect(Object.fromEntries(readLogins(writeLogins(map) ?? '') ?? [])).toEqual(logins);
      }),
    );
  });

  test('keeps a token in place of the password', () => {
    const text = writeLogins(new Map([['x.example', { username: 'a', password: 'pw', identityToken: 't' }]]));
    expect(text).not.toContain(btoa('a:pw'));
    expect(readLogins(text ?? '')?.get('x.example')).toEqual({
      username: 'a',
      password: '',
      identityToken: 't',
    });
  });

  test('is no text when it is empty, and null when it is no store', () => {
    expect(writeLogins(new Map())).toBeNull();
    for (const text of ['', '[]', '{"auths": 1}', '{"auths":{"x":{"auth":"%%%"}}}'])
      expect(readLogins(text)).toBeNull();
  });
});
