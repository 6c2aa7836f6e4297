import { plain } from './plain.ts';
import { inScope } from './scope-words.ts';
import type { Style } from './style.ts';
import type { DoctorCheck } from './values.ts';

/** `gear doctor`: a line a check, with what to do where something is to be done. */
export function printDoctor(checks: readonly DoctorCheck[], style: Style): string {
  const marks = { ok: style.good('ok  '), warning: style.warn('warn'), failed: style.bad('FAIL') };
  return checks
    .flatMap((check) => [
      `${marks[check.state]}  ${style.bold(check.name)}: ${plain(check.message)}`,
      ...(check.next === null ? [] : [`      → ${plain(inScope(check.next))}`]),
    ])
    .join('\n');
}
