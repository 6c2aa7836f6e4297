import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { errnoOf } from '../files/refusal.ts';
import type { ListeningPort } from '../../ports/host.ts';

/** Why a bind fails that says nothing against the port being somebody's: it is not to be had. */
const unavailable: ReadonlySet<string> = new Set(['EADDRINUSE', 'EADDRNOTAVAIL', 'EACCES']);

/** Whether a socket can be bound there at this moment; it is closed again. An empty address stands for all. */
export async function canBind({ protocol, address, port }: ListeningPort): Promise<boolean> {
  const bind = protocol === 'tcp' ? bindTcp : bindUdp;
  try {
    await bind(address === '' ? undefined : address, port);
    return true;
  } catch (error) {
    if (unavailable.has(errnoOf(error) ?? '')) return false;
    throw error;
  }
}

function bindTcp(host: string | undefined, port: number): Promise<void> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, ...(host === undefined ? {} : { host }), exclusive: true }, () => {
      server.close(() => {
        resolve();
      });
    });
  });
}

function bindUdp(address: string | undefined, port: number): Promise<void> {
  const socket = createSocket(address?.includes(':') === true ? 'udp6' : 'udp4');
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind({ port, ...(address === undefined ? {} : { address }), exclusive: true }, () => {
      socket.close(() => {
        resolve();
      });
    });
  });
}
