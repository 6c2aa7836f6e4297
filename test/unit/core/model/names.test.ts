import { describe, expect, it } from 'vitest';
import { checkName } from '../../../../src/core/model/names.ts';
import type { Failure } from '../../../../src/errors/failure.ts';

function refusal(name: string): Failure {
  const result = checkName(name);
  const failure = result.ok ? undefined : result.failures[0];
  if (failure === undefined) throw new Error(`${JSON.stringify(name)} was accepted`);
  return failure;
}

describe('names', () => {
  it.each(['web', 'a', '0', 'my-shop_2', 'ready', 'already', 'a'.repeat(63)])('accepts %s', (name) => {
    expect(checkName(name)).toEqual({ ok: true, value: name });
  });

  it.each([
    ['', 'the name is empty', 'use 1 to 63 of a-z, 0-9, "-" and "_", starting with a letter or digit'],
    ['..ab', 'the name "..ab" starts with a dot: names become parts of paths', 'use "ab" instead'],
    [
      'a'.repeat(64),
      `the name "${'a'.repeat(40)}…" (64 characters) is longer than 63 characters`,
      'give a shorter name',
    ],
    ['%i', 'the name "%i" holds "%", which systemd expands in units', 'use "i" instead'],
    ['web\n', 'the name "web\\n" holds characters that cannot be seen', undefined],
    ['we\u001b[2Jb', 'the name "we\\x1b[2Jb" holds characters that cannot be seen', undefined],
    ['we\u202eb', 'the name "we\\u{202e}b" holds characters that cannot be seen', undefined],
    ['Web', 'the name "Web" holds upper-case letters', 'use "web" instead'],
    [
      'web@1',
      'the name "web@1" holds "@", which systemd reads as an instance of a template unit',
      'use "web-1" instead',
    ],
    [
      'shop.web',
      'the name "shop.web" holds a dot, which separates an app from its container',
      'use "shop-web" instead',
    ],
    ['-web', 'the name "-web" starts with "-", as flags do', 'use "web" instead'],
    ['_web', 'the name "_web" starts with "_"', 'use "web" instead'],
    ['my web', 'the name "my web" holds characters that names cannot', 'use "my-web" instead'],
    ['größe', 'the name "größe" holds characters that names cannot', 'use "gr-e" instead'],
    [
      'web-ready',
      'the name "web-ready" ends in "-ready": the unit ctr-X-ready.service tells when the container X is ready',
      'choose another ending',
    ],
    [
      'nginx:1.27',
      'the name "nginx:1.27" looks like an image',
      'the image comes first, then the names: gear install IMAGE NAME',
    ],
  ])('refuses %j and says what about it cannot be', (name, message, next) => {
    const failure = refusal(name);
    expect(failure.code).toBe('NAME_INVALID');
    expect(failure.message).toBe(message);
    if (next !== undefined) expect(failure.next).toBe(next);
  });

  it('shows 300 characters as a beginning and a count', () => {
    expect(refusal('x'.repeat(300)).message).toBe(
      `the name "${'x'.repeat(40)}…" (300 characters) is longer than 63 characters`,
    );
  });

  it('geard (1.3): ids starting with .. escape the directory', () => {
    for (const name of ['..ab', '..', '.', '../etc', '..%2fetc'])
      expect(refusal(name).code).toBe('NAME_INVALID');
  });

  it('geard (1.3): ids with dots', () => {
    expect(refusal('my-sample-service.1').next).toBe('use "my-sample-service-1" instead');
  });
});
