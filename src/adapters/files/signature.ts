import type { BigIntStats } from 'node:fs';

/** For lstat(2): a signature needs nanoseconds, and the whole number of an inode. */
export const exactly = { bigint: true } as const;

/** Tells that a file is not the one it was: place, content, mode or owner changed, and with them the time of change (inode(7)). */
export function signatureOf({ dev, ino, size, ctimeNs }: BigIntStats): string {
  return `${String(dev)}:${String(ino)}:${String(size)}:${String(ctimeNs)}`;
}
