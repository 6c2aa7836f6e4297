import { describe, expect, it } from 'vitest';
import { parseVolume } from '../../../../src/core/descriptor/mount.ts';
import { refusalOf, valueOf } from './expectations.ts';

const parse = (text: string) => parseVolume(text, '/home/anna/site');

describe('--volume', () => {
  it('reads a named volume and a bind of an absolute path', () => {
    expect(valueOf(parse('data:/var/lib/data'))).toEqual({
      kind: 'volume',
      source: 'data',
      target: '/var/lib/data',
      options: [],
    });
    expect(valueOf(parse('/srv//www/:/usr/share/nginx/html/:z,ro'))).toEqual({
      kind: 'bind',
      source: '/srv/www',
      target: '/usr/share/nginx/html',
      options: ['ro', 'z'],
    });
  });

  it('takes rw for what it is: the same as nothing', () => {
    expect(parse('data:/d:rw')).toEqual(parse('data:/d'));
  });

  it.each([
    [
      './html:/www',
      'BIND_SOURCE "./html" is relative, and a unit runs in no folder of yours → give the absolute path: "/home/anna/site/html"',
    ],
    [
      '.:/www',
      'BIND_SOURCE "." is relative, and a unit runs in no folder of yours → give the absolute path: "/home/anna/site"',
    ],
    [
      'html/css:/www',
      'BIND_SOURCE "html/css" is relative, and a unit runs in no folder of yours → give the absolute path: "/home/anna/site/html/css"',
    ],
    [
      '~/html:/www',
      'BIND_SOURCE "~/html" is for a shell to expand, and a unit runs in no folder of yours → give the absolute path',
    ],
    ['../html:/www', 'VALUE_INVALID the path holds ".." → write the path that it leads to'],
    [
      '/var/lib/data',
      'VALUE_INVALID a volume without a name would be lost to whoever looks for the data in "/var/lib/data" → name it: data:/var/lib/data',
    ],
    ['data', 'VALUE_INVALID "data" does not say where to mount → write it as SOURCE:/path'],
    ['data:path', 'VALUE_INVALID "path" is no place in a container → give an absolute path below /'],
    ['data:/', 'VALUE_INVALID "/" is no place in a container → give an absolute path below /'],
    ['data:/d:rw,ro', 'VALUE_INVALID the options ro and rw exclude each other → give one of them'],
    ['data:/d:z,Z', 'VALUE_INVALID the options z and Z exclude each other → give one of them'],
    ['data:/d:readonly', 'VALUE_INVALID "readonly" is not an option of a volume → use ro, rw, z, Z or U'],
    ['data:/d:', 'VALUE_INVALID "" is not an option of a volume → use ro, rw, z, Z or U'],
    ['data:/d:ro:z', 'VALUE_INVALID there are too many ":" → write it as SOURCE:/path or SOURCE:/path:ro'],
    [
      ':/d',
      'VALUE_INVALID the source is missing → name it with letters, digits, "_", "." and "-", at least two, or give an absolute path',
    ],
    [
      'my data:/d',
      'VALUE_INVALID "my data" cannot be the name of a volume → name it with letters, digits, "_", "." and "-", at least two, or give an absolute path',
    ],
    ['/a\nb:/d', 'VALUE_INVALID the volume holds control characters → write it as data:/var/lib/data'],
  ])('refuses %j', (text, refusal) => {
    expect(refusalOf(parse(text))).toBe(refusal);
  });
});
