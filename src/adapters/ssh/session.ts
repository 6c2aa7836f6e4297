import type { Duplex } from 'node:stream';
import { bridgeOver } from '../systemd/bridge.ts';
import type { HostLink } from './link.ts';

/** A stream over stdin and stdout of a command on the host, in a session of its own. */
export async function openSession(link: HostLink, command: readonly string[]): Promise<Duplex> {
  const { child, mark } = await link.session(command);
  return bridgeOver(child, `ssh ${link.address.label}`, mark);
}

/** The same, as one of the few that a host is asked for at once: it waits until another has ended. */
export async function openShared(link: HostLink, command: readonly string[]): Promise<Duplex> {
  const release = await link.slots.take();
  try {
    const { child, mark } = await link.session(command);
    // A stream that is destroyed ends before its session, which sshd counts until then.
    child.once('exit', release).once('error', release);
    return bridgeOver(child, `ssh ${link.address.label}`, mark);
  } catch (error) {
    release();
    throw error;
  }
}
