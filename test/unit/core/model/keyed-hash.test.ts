import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { keyedHash } from '../../../../src/core/model/keyed-hash.ts';

const key = new Uint8Array(32).fill(7);

it('is the first half of the HMAC-SHA-256 that node computes', () => {
  const content = 'PASSWORD=über\n';
  expect(keyedHash(key, content)).toBe(createHmac('sha256', key).update(content).digest('hex').slice(0, 32));
});

it('is the same for text and for its bytes', () => {
  expect(keyedHash(key, 'ü')).toBe(keyedHash(key, new TextEncoder().encode('ü')));
});

it('differs under another key, so that a manifest confirms no guess', () => {
  expect(keyedHash(new Uint8Array(32), 'x')).not.toBe(keyedHash(key, 'x'));
});
