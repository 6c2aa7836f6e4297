import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * SHA-256 of bytes, or of the UTF-8 of a text, in hex. The bundle has scripts/native-sha256.ts in the place of this
 * file.
 */
export function sha256Hex(content: string | Uint8Array): string {
  return bytesToHex(sha256(typeof content === 'string' ? utf8ToBytes(content) : content));
}

/** HMAC-SHA-256 (RFC 2104) of the bytes under the key, in hex. */
export function hmacSha256Hex(key: Uint8Array, bytes: Uint8Array): string {
  return bytesToHex(hmac(sha256, key, bytes));
}
