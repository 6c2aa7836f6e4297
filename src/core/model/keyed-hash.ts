import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const keyedHashDigits = 32;

/**
 * HMAC-SHA-256 of the content under the host's key, its first 32 hex digits. It names files with secrets: a plain
 * hash in a world-readable manifest would let anybody confirm a guessed password.
 */
export function keyedHash(key: Uint8Array, content: string | Uint8Array): string {
  const bytes = typeof content === 'string' ? utf8ToBytes(content) : content;
  return bytesToHex(hmac(sha256, key, bytes)).slice(0, keyedHashDigits);
}
