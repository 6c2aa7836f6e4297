import { describe, expect, it } from 'vitest';
import { refusal } from '../../../../src/adapters/files/refusal.ts';
import type { Failure } from '../../../../src/errors/failure.ts';

/** What the failure says when a call of node:fs ends with this errno. */
function told(code: string, errno: number, uid: number): Failure {
  const error = Object.assign(new Error(code), { code, errno, syscall: 'write' });
  const [failure] = refusal(error, 'write', '/etc/gear/x', uid).failures;
  if (!failure) throw new Error('a refusal without a failure');
  return failure;
}

describe('what the operating system refused', () => {
  it('says that the disk is full, of which path, and what to do', () => {
    const failure = told('ENOSPC', -28, 0);
    expect(failure).toMatchObject({ code: 'DISK_FULL', subject: '/etc/gear/x' });
    expect(failure.message).toBe('cannot write /etc/gear/x: no space left on device (ENOSPC)');
    expect(failure.next).toContain('df -h');
    expect(told('EDQUOT', -122, 0).code).toBe('DISK_FULL');
  });

  it('asks a user for root, and does not ask root for it', () => {
    expect(told('EACCES', -13, 1000).code).toBe('NOT_ROOT');
    expect(told('EPERM', -1, 1000).code).toBe('NOT_ROOT');
    expect(told('EPERM', -1, 0).code).toBe('FILE_FAILED');
  });

  it('names a file system that is read-only, to anybody', () => {
    expect(told('EROFS', -30, 0)).toMatchObject({ code: 'FILE_FAILED' });
    expect(told('EROFS', -30, 1000).next).toContain('writable');
  });

  it('keeps the errno word of everything else', () => {
    expect(told('EIO', -5, 0).message).toContain('(EIO)');
  });

  it('lets a bug pass', () => {
    expect(() => refusal(new TypeError('bug'), 'write', '/x')).toThrow(TypeError);
  });
});
