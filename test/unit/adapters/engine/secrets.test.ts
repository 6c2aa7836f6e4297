import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { RegistryAuth } from '../../../../src/adapters/engine/registry-auth.ts';
import { scrub } from '../../../../src/adapters/engine/scrub.ts';

describe("an engine's words", () => {
  it.each([
    ['a value', 'the password hunter2 is wrong', ['hunter2'], 'the password *** is wrong'],
    ['a value as Go quotes it', String.raw`bad "pass\"word"`, ['pass"word'], 'bad "***"'],
    ['a line of a value', 'got line-one here', ['line-one\nline-two'], 'got *** here'],
    ['a short value where it stands alone', 'user a1: a100 a1', ['a1'], 'user ***: a100 ***'],
    ['the user of a URL', 'Get "https://anna:pw@proxy:3128/"', [], 'Get "https://***@proxy:3128/"'],
    ['the longer of two that overlap', 'anna:secretly', ['secret', 'anna:secretly'], '***'],
  ])('are passed on without %s', (_what, text, secrets, expected) => {
    expect(scrub(text, secrets)).toBe(expected);
  });

  it('are left alone by an empty secret', () => {
    expect(scrub('no password given', ['', ''])).toBe('no password given');
  });
});

describe('the header with credentials', () => {
  const header = new RegistryAuth(
    { username: 'anna', password: 'hunter2>?', identityToken: '' },
    'registry.example',
  );

  it('is what the engine API takes', () => {
    expect(String(header)).toMatch(/^[\w=-]+$/);
    expect(JSON.parse(Buffer.from(String(header), 'base64url').toString())).toEqual({
      username: 'anna',
      password: 'hunter2>?',
      serveraddress: 'registry.example',
    });
  });

  it('is not shown by what prints a whole request', () => {
    const printed = inspect({ headers: { 'X-Registry-Auth': header } }, { depth: null, showHidden: true });
    expect(printed).not.toContain('hunter2');
    expect(printed).not.toContain(String(header));
    expect(JSON.stringify(header)).not.toContain(String(header));
  });
});
