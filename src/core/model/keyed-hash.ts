import { hmacSha256Hex } from './sha256.ts';

const keyedHashDigits = 32;

/**
 * HMAC-SHA-256 of the content under the host's key, its first 32 hex digits. It names files with secrets: a plain
 * hash in a world-readable manifest would let anybody confirm a guessed password.
 */
export function keyedHash(key: Uint8Array, content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return hmacSha256Hex(key, bytes).slice(0, keyedHashDigits);
}
