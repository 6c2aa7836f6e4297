import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { HostAddress } from '../../core/model/host-address.ts';
import { endArguments } from './options.ts';

/** The one that keeps the connection is on this machine. */
const timeoutMs = 2_000;

/** Ends the connection that is kept at a control socket, with every session over it; resolves when it was asked to. */
export async function endKept(program: string, address: HostAddress, path: string): Promise<void> {
  const asking = spawn(program, endArguments(address, path), { stdio: 'ignore', timeout: timeoutMs });
  // One that is gone already, or does not hear of it, is not there for who connects next either.
  await once(asking, 'close').catch(() => undefined);
}
