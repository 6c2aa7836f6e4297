import { connect as connectSocket, type Socket } from 'node:net';
import { Bus, type BusOptions } from './bus.ts';
import { BusError } from './bus-error.ts';
import { socketPaths } from './socket-paths.ts';

/**
 * Connects to the first socket of a D-Bus address that answers. Fails with `gear.NoBus` when nothing listens
 * there, `gear.AccessDenied` when the socket or the bus refuses us, `gear.Timeout`, or `gear.Closed`.
 */
export async function connectBus(address: string, options: BusOptions = {}): Promise<Bus> {
  let failure: BusError | undefined;
  for (const path of socketPaths(address)) {
    try {
      return await Bus.over(await openSocket(path), options);
    } catch (error) {
      if (!(error instanceof BusError)) throw error;
      failure ??= error;
    }
  }
  throw failure ?? new BusError('gear.NoBus', `the D-Bus address '${address}' is empty`);
}

function openSocket(path: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectSocket(path);
    const failed = (cause: NodeJS.ErrnoException): void => {
      const denied = cause.code === 'EACCES' || cause.code === 'EPERM';
      const why = `cannot connect to the message bus at ${path}: ${cause.code ?? cause.message}`;
      reject(new BusError(denied ? 'gear.AccessDenied' : 'gear.NoBus', why, { cause }));
    };
    socket.once('error', failed);
    socket.once('connect', () => {
      socket.off('error', failed);
      resolve(socket);
    });
  });
}
