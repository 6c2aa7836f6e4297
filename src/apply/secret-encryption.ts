import type { Host } from '../ports/host.ts';

/**
 * By the TPM and the host's key where there is a TPM, else by the host's key alone. Bound to the TPM and to none of its
 * measurements (PCRs): an update of the firmware must not take all secrets of a host away.
 */
const ways = [['--with-key=auto', '--tpm2-pcrs='], ['--with-key=host']] as const;

/** A value as systemd-creds(1) encrypts it for a unit's credential of that name, or in words why it cannot. */
export async function encryptSecret(
  host: Host,
  name: string,
  value: Uint8Array,
): Promise<{ readonly encrypted: Uint8Array } | { readonly problem: string }> {
  let problem = '';
  for (const way of ways) {
    const { status, stdout, stderr } = await host.run(
      ['systemd-creds', 'encrypt', `--name=${name}`, ...way, '-', '-'],
      value,
    );
    const encrypted = new TextEncoder().encode(stdout);
    if (status === 0 && sameBytes(await decryptSecret(host, name, encrypted), value)) return { encrypted };
    problem = status === 0 ? 'systemd-creds cannot decrypt what it encrypted' : wordsOf(stderr, status);
  }
  return { problem };
}

/** The value of what `encryptSecret` made under the same name, on the same host; null when it cannot be decrypted. */
export async function decryptSecret(
  host: Host,
  name: string,
  encrypted: Uint8Array,
): Promise<Uint8Array | null> {
  // A command's output is text, and a secret may be any bytes.
  const command = ['systemd-creds', 'decrypt', `--name=${name}`, '--transcode=base64', '-', '-'];
  const { status, stdout } = await host.run(command, encrypted);
  return status === 0 ? Uint8Array.from(atob(stdout.replace(/\s/g, '')), (char) => char.charCodeAt(0)) : null;
}

function sameBytes(a: Uint8Array | null, b: Uint8Array): boolean {
  return a?.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Its last line says what failed; the others are of what it tried before. */
function wordsOf(stderr: string, status: number): string {
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return last === '' ? `systemd-creds ended with status ${String(status)}` : last;
}
