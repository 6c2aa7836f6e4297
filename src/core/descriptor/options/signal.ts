import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import { refuse } from '../refuse.ts';

/** signal(7) on x86-64 and arm64, by number from 1. */
const signals: readonly string[] = (
  'HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG ' +
  'XCPU XFSZ VTALRM PROF WINCH IO PWR SYS'
).split(' ');

/** A signal by name or number as its name, SIGTERM; real-time ones as SIGRTMIN+3. VALUE_INVALID otherwise. */
export function parseSignal(text: string): Result<string> {
  const name = /^\d{1,2}$/.test(text) ? signals[Number(text) - 1] : text.toUpperCase().replace(/^SIG/, '');
  if (name !== undefined && (signals.includes(name) || isRealTime(name))) return ok(`SIG${name}`);
  const near = nearest(name ?? '', signals);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} is not a signal`,
    near === undefined ? 'signal(7) lists them; write it as SIGQUIT' : `did you mean SIG${near}?`,
  );
}

/** There are 31 of them between SIGRTMIN and SIGRTMAX. */
function isRealTime(name: string): boolean {
  return /^RT(MIN(\+([12]?\d|30))?|MAX(-([12]?\d|30))?)$/.test(name);
}
