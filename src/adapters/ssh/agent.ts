import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * An agent of HTTP whose connections are streams, such as sessions of ssh, and at most so many of them. Node asks a
 * connection for the methods of a socket; here only the time-out of an idle one means something.
 */
export function streamAgent(open: () => Promise<Duplex>, connections: number): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  agent.createConnection = (_options, done) => {
    open().then(
      (stream) => done?.(null, asSocket(stream)),
      (error: unknown) => done?.(error as Error, undefined as never),
    );
    return undefined;
  };
  return agent;
}

function asSocket(stream: Duplex): Duplex {
  let timer: NodeJS.Timeout | undefined;
  let idleMs = 0;
  const restart = (): void => {
    clearTimeout(timer);
    if (idleMs > 0 && !stream.destroyed) timer = setTimeout(() => stream.emit('timeout'), idleMs);
  };
  // docker-modem adds a listener for each request and takes none back; the connection lives as long as a command.
  stream.setMaxListeners(0);
  // Node's own word for a connection that ended, by which the engine's adapter knows it.
  stream.prependListener('error', (error) => Object.assign(error, { code: 'ECONNRESET' }));
  stream.on('data', restart).once('close', () => {
    clearTimeout(timer);
  });
  return Object.assign(stream, {
    connecting: false,
    setTimeout: (milliseconds: number, listener?: () => void) => {
      idleMs = milliseconds;
      if (listener !== undefined) stream.once('timeout', listener);
      restart();
      return stream;
    },
    setKeepAlive: () => stream,
    setNoDelay: () => stream,
    ref: () => stream,
    unref: () => stream,
  });
}
