import { err, ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import type { RunOption } from '../model/run-options.ts';
import { refuse } from './refuse.ts';

interface Form {
  readonly pattern: RegExp;
  readonly what: string;
  /** The one spelling of what means the same. */
  readonly normal?: (text: string) => string;
}

const amount: Form = {
  pattern: /^\d+(\.\d+)?([bkmg](i?b)?)?$/i,
  what: 'an amount of memory',
  normal: inBytes,
};
const number: Form = { pattern: /^\d+$/, what: 'a number' };
const address: Form = { pattern: /^[0-9a-f:.]+$/i, what: 'an IP address' };

/** Options whose values have a form of their own; the engine judges the others. */
const forms: Readonly<Record<string, Form>> = {
  hostname: { pattern: /^[A-Za-z0-9]([A-Za-z0-9.-]{0,62})$/, what: 'a host name' },
  'add-host': {
    pattern: /^[A-Za-z0-9_.-]+[:=](\[?[0-9a-f:.]+\]?|host-gateway)$/i,
    what: 'a host as NAME:IP',
  },
  dns: address,
  expose: { pattern: /^\d{1,5}(-\d{1,5})?(\/(tcp|udp|sctp))?$/, what: 'a port' },
  'mac-address': { pattern: /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i, what: 'a hardware address' },
  'cap-add': { pattern: /^[A-Za-z_]+$/, what: 'a capability', normal: capability },
  'cap-drop': { pattern: /^[A-Za-z_]+$/, what: 'a capability', normal: capability },
  sysctl: { pattern: /^[a-z0-9_./-]+=.*$/, what: 'a kernel parameter as KEY=VALUE' },
  ulimit: { pattern: /^[a-z]+=-?\d+(:-?\d+)?$/, what: 'a limit as NAME=SOFT[:HARD]' },
  'shm-size': amount,
  'memory-reservation': amount,
  'memory-swap': { ...amount, pattern: /^(-1|\d+(\.\d+)?([bkmg](i?b)?)?)$/i },
  'memory-swappiness': number,
  'cpu-shares': number,
  'cpu-period': number,
  'cpu-quota': number,
  'cpuset-cpus': { pattern: /^\d+(-\d+)?(,\d+(-\d+)?)*$/, what: 'a list of processors' },
  'cpuset-mems': { pattern: /^\d+(-\d+)?(,\d+(-\d+)?)*$/, what: 'a list of nodes' },
  'pids-limit': { pattern: /^(-1|\d+)$/, what: 'a number' },
  'blkio-weight': number,
  'oom-score-adj': { pattern: /^-?\d{1,4}$/, what: 'a number of -1000 to 1000' },
  'stop-signal': { pattern: /^(\d{1,2}|(SIG)?[A-Z][A-Z0-9+-]*)$/i, what: 'a signal', normal: signal },
  workdir: { pattern: /^\/.*$/, what: 'an absolute path' },
  label: { pattern: /^[^=]+(=.*)?$/s, what: 'a label as KEY=VALUE' },
  annotation: { pattern: /^[^=]+=.*$/s, what: 'an annotation as KEY=VALUE' },
  'log-opt': { pattern: /^[^=]+=.*$/s, what: 'an option as KEY=VALUE' },
  platform: { pattern: /^[a-z0-9]+(\/[a-z0-9_]+){0,2}$/, what: 'a platform as OS/ARCH' },
  'cgroup-parent': { pattern: /^[^\s]+\.slice$/, what: 'a slice' },
};

/** One value of an option, in its one spelling. VALUE_INVALID for what the option cannot be. */
export function parseRunOption({ flag, example }: RunOption, text: string): Result<string> {
  if (text === '' || text.includes('\0') || /[\r\n]/.test(text))
    return refuse(
      'VALUE_INVALID',
      text === '' ? 'the value is empty' : 'the value has more than one line',
      `write it as ${example}`,
    );
  const form = Object.hasOwn(forms, flag) ? forms[flag] : undefined;
  if (form?.pattern.test(text) === false)
    return refuse('VALUE_INVALID', `${quote(text)} is not ${form.what}`, `write it as ${example}`);
  if (flag === 'label' && text.startsWith('gear.'))
    return err({
      code: 'VALUE_INVALID',
      message: 'labels that begin with gear. are kept for gear itself',
      next: 'choose another name',
    });
  return ok(form?.normal?.(text) ?? text);
}

function inBytes(text: string): string {
  const [, digits = '', unit = 'b'] = /^(\d+(?:\.\d+)?)([bkmg])?/i.exec(text) ?? [];
  const factor = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 }[unit.toLowerCase()] ?? 1;
  return text === '-1' ? text : `${Math.floor(Number(digits) * factor)}b`;
}

function capability(text: string): string {
  return text.toUpperCase().replace(/^CAP_/, '');
}

/** `HUP`, `hup` and `SIGHUP` are one signal. */
export function signal(text: string): string {
  const upper = text.toUpperCase();
  return /^\d/.test(upper) || upper.startsWith('SIG') ? upper : `SIG${upper}`;
}
