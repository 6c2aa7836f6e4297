import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import { refuse } from '../refuse.ts';

/** capabilities(7), without CAP_. */
const capabilities: readonly string[] = (
  'AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH ' +
  'FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN ' +
  'NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT ' +
  'SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM'
).split(' ');

/** A capability in upper case without CAP_, or ALL. VALUE_INVALID otherwise, with the one that was likely meant. */
export function parseCapability(text: string): Result<string> {
  const name = text.toUpperCase().replace(/^CAP_/, '');
  if (name === 'ALL' || capabilities.includes(name)) return ok(name);
  const near = nearest(name, [...capabilities, 'ALL']);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} is not a capability`,
    near === undefined
      ? 'capabilities(7) lists them; write it as NET_ADMIN, or ALL'
      : `did you mean ${near}?`,
  );
}
