import { describe, expect, it } from 'vitest';
import { formatImageReference, parseImageReference } from '../../../../src/core/model/image-reference.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

function full(text: string): string {
  const parsed = parseImageReference(text);
  if (!parsed.ok) throw new Error(parsed.failures[0]?.message);
  return formatImageReference(parsed.value);
}

describe('an image name', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx:latest'],
    ['nginx:1.27', 'docker.io/library/nginx:1.27'],
    ['library/nginx', 'docker.io/library/nginx:latest'],
    ['docker.io/nginx', 'docker.io/library/nginx:latest'],
    ['index.docker.io/team/web', 'docker.io/team/web:latest'],
    ['team/web', 'docker.io/team/web:latest'],
    ['team/deep/web', 'docker.io/team/deep/web:latest'],
    ['localhost/web', 'localhost/web:latest'],
    ['localhost:5000/x', 'localhost:5000/x:latest'],
    ['localhost:5000/x:y', 'localhost:5000/x:y'],
    ['127.0.0.1:5000/x', '127.0.0.1:5000/x:latest'],
    ['[::1]:5000/x', '[::1]:5000/x:latest'],
    ['ghcr.io/owner/web:3', 'ghcr.io/owner/web:3'],
    ['Registry.Example/web', 'Registry.Example/web:latest'],
    ['HOST/web', 'HOST/web:latest'],
    ['a__b/c-d---e/f.g', 'docker.io/a__b/c-d---e/f.g:latest'],
    ['gear.local/shop.web-2:7', 'gear.local/shop.web-2:7'],
    ['web:_V-1.x', 'docker.io/library/web:_V-1.x'],
    [`nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    [`nginx:1@${digest}`, `docker.io/library/nginx:1@${digest}`],
    [digest, digest],
    [digest.slice('sha256:'.length), digest],
    ['deadbeef', 'docker.io/library/deadbeef:latest'],
  ])('%s means %s', (text, expected) => {
    expect(full(text)).toBe(expected);
  });

  it('says whether the user named a registry', () => {
    expect(parseImageReference('web')).toMatchObject({ value: { short: true } });
    expect(parseImageReference('docker.io/web')).toMatchObject({ value: { short: false } });
  });
});

describe('what is not an image name is refused with its place', () => {
  it.each([
    ['', 1, 'empty'],
    ['Nginx', 1, 'lower case'],
    ['team/weB', 8, 'lower case'],
    ['web site', 4, 'letters, digits'],
    ['web\nsite', 4, 'letters, digits'],
    ['wéb', 2, 'letters, digits'],
    ['%i', 1, 'letters, digits'],
    ['-web', 1, 'starts and ends'],
    ['web-', 1, 'starts and ends'],
    ['a..b', 1, 'starts and ends'],
    ['a___b', 1, 'starts and ends'],
    ['a//b', 3, 'empty part'],
    ['a/', 3, 'empty'],
    ['/a', 1, 'empty part'],
    ['web:', 5, 'tag after'],
    ['web:a b', 5, 'a tag has only'],
    ['web:-a', 5, 'a tag has only'],
    [`web:${'a'.repeat(129)}`, 5, '128'],
    ['web@latest', 5, 'digest'],
    ['web@sha256:abc', 5, 'digest'],
    [`web@${digest.toUpperCase()}`, 5, 'digest'],
    ['sha256:abc', 8, '64 hex digits'],
    ['localhost:port/x', 11, 'number'],
    ['ex_ample.com/x', 1, 'host name'],
    ['foo.-bar.com/x', 5, 'host name'],
    ['https://ghcr.io/x', 7, 'number'],
    ['a'.repeat(300), 1, '255'],
    [`registry.example/${'ab'.repeat(32)}`, 18, 'image ID'],
  ])('%j at column %i: %s', (text, column, why) => {
    const parsed = parseImageReference(text);
    expect(parsed).toMatchObject({
      ok: false,
      failures: [{ code: 'IMAGE_REFERENCE', place: { line: 1, column } }],
    });
    expect(parsed.ok ? '' : parsed.failures[0]?.message).toContain(why);
    expect(parsed.ok ? '' : parsed.failures[0]?.next).not.toBe('');
  });

  it('does not repeat control characters or endless names', () => {
    const parsed = parseImageReference(`${'x'.repeat(5000)}\u001b[31m`);
    const message = parsed.ok ? '' : (parsed.failures[0]?.message ?? '');
    expect(message.length).toBeLessThan(300);
    expect(message).not.toContain('\u001b');
  });
});
