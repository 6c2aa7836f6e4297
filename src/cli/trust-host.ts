import { addressText } from '../core/descriptor/hosts/write-inventory.ts';
import type { HostAddress } from '../core/model/host-address.ts';
import { FailureError } from '../errors/failure.ts';
import type { OfferedKey } from '../ports/host-keys.ts';
import { hostKeys } from './context.ts';
import { askYes } from './ask.ts';

/**
 * Makes sure that the key of a host is known, and is `fingerprint` where that is given; else shows it and asks once.
 * FailureError HOST_KEY_UNKNOWN where nobody agrees to it, HOST_….
 */
export async function trustHost(address: HostAddress, fingerprint: string | undefined): Promise<void> {
  const keys = await hostKeys();
  const key = await keys.offered(address);
  if (key === null) {
    // Known is not enough for whoever says which key it must be; that may be another one than it shows first.
    if (fingerprint === undefined || (await keys.known(address)).includes(fingerprint)) return;
    const shown = await keys.shown(address);
    if (shown.fingerprint !== fingerprint) throw refused(address, shown, fingerprint);
    return;
  }
  const agreed = fingerprint === undefined ? await ask(address, key) : fingerprint === key.fingerprint;
  if (!agreed) throw refused(address, key, fingerprint);
  await keys.trust(address, key);
}

async function ask({ label }: HostAddress, { fingerprint, algorithm }: OfferedKey): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  process.stderr.write(`${label} shows this ${algorithm} key:\n\n  ${fingerprint}\n\n`);
  return askYes('Is that the key of the host?');
}

function refused(address: HostAddress, key: OfferedKey, given: string | undefined): FailureError {
  const { label } = address;
  const written = addressText(address);
  const typed = written === label ? label : `${label} ${written}`;
  const shown = `${label} shows the ${key.algorithm} key ${key.fingerprint}`;
  return new FailureError({
    code: 'HOST_KEY_UNKNOWN',
    message: given === undefined ? `${shown}, which nobody confirmed` : `${shown}, not ${given}`,
    next: `compare it with ssh-keygen -lf /etc/ssh/ssh_host_${key.algorithm.toLowerCase()}_key.pub on its console, then: gear host add ${typed} --fingerprint ${key.fingerprint}`,
    subject: label,
  });
}
