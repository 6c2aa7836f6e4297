import { createLock } from '../../../src/adapters/host/lock.ts';
import { startLocal } from '../../../src/adapters/host/start-local.ts';

/** Run as a process of its own: takes the lock, says so, and says when it is lost. Ends at a line on stdin. */
const [path = '', command = '', heartbeatMs = '2000', graceMs = '10000'] = process.argv.slice(2);
const lock = createLock({
  path,
  start: startLocal,
  heartbeatMs: Number(heartbeatMs),
  graceMs: Number(graceMs),
});
const holder = { command, by: 'anna (sudo)', pid: process.pid, sinceMs: Date.now() };
const lease = await lock.acquire(holder, {
  timeoutMs: 20_000,
  onWaiting: (other) => process.stdout.write(`waiting for ${other?.command ?? 'nobody'}\n`),
});
lease.lost.addEventListener('abort', () => process.stdout.write('lost\n'));
process.stdout.write('held\n');
process.stdin.once('data', () => {
  void lease.release().then(() => {
    process.stdout.write('released\n');
    process.stdin.destroy();
  });
});
