import { text } from 'node:stream/consumers';
import type { HostProcess } from '../../lab/host-process.ts';

/** What a command that was started writes to stderr until its end. */
export async function errorsOf({ child }: HostProcess): Promise<string> {
  return child.stderr === null ? '' : text(child.stderr);
}
