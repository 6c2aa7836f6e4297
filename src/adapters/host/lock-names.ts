/** What the locks are called in failures. Apart from those, which are loaded when a lock is taken. */
export const hostLockName = 'the lock of this host';
export const sendLockName = 'the lock for sending this image';
export const volumeLockName = 'the lock of this volume';
