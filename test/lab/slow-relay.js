/**
 * Passes TCP connections on, each piece of data so many milliseconds late in either direction: a far network on a
 * machine whose kernel cannot make one. Arguments: HOST PORT DELAY-MS LISTEN-PORT. Says `ready` when it listens.
 */
import { connect, createServer } from 'node:net';
import { setTimeout } from 'node:timers';

const [host, port, delayMs, listen] = process.argv.slice(-4);

const late = (from, to) => {
  // Timers of one duration fire in the order in which they were set.
  from.on('data', (piece) => setTimeout(() => to.writable && to.write(piece), Number(delayMs)));
  from.on('end', () => setTimeout(() => to.end(), Number(delayMs)));
  from.on('error', () => to.destroy());
  from.setNoDelay(true);
};

createServer({ allowHalfOpen: true }, (near) => {
  const far = connect({ host, port: Number(port), allowHalfOpen: true });
  late(near, far);
  late(far, near);
}).listen(Number(listen), '127.0.0.1', () => console.log('ready'));
