import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { HostAddress } from '../../core/model/host-address.ts';
import { connectFailure } from './failure.ts';
import { controlFolder, controlPath } from './control-folder.ts';
import { terminalArguments } from './options.ts';
import { quoteCommand } from './quote.ts';

const signalled = 128;

/**
 * A session of a person on a host, over the connection that gear's other commands use, or which they use afterwards: a
 * passphrase is asked once. Resolves with its exit status.
 */
export async function openTerminal(address: HostAddress, command: readonly string[]): Promise<number> {
  const path = controlPath(await controlFolder(), address);
  const remote = command.length === 0 ? [] : [quoteCommand(command)];
  return new Promise((resolve, reject) => {
    const child = spawn('ssh', [...terminalArguments(address, path), ...remote], { stdio: 'inherit' });
    child.once('error', (error) => {
      reject(connectFailure(address, error.message));
    });
    child.once('close', (status, signal) => {
      resolve(status ?? signalled + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}
