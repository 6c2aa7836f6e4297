import { type Failure, FailureError } from '../errors/failure.ts';
import type { Target } from './targets.ts';

/**
 * Refuses `gear hold --for` on other hosts: what ends the hold there would be gear, and only systemd is sure to be there.
 * FailureError USAGE.
 */
export function refuseFarSpan(targets: readonly Target<readonly string[]>[]): void {
  const failures = targets.flatMap(({ label, address, input }): readonly Failure[] => {
    if (address === null) return [];
    const names = input.join(' ');
    return [
      {
        code: 'USAGE',
        message: `--for works where gear is typed, and ${label} is another host: nothing of gear is there that could end the hold`,
        next: `hold it until you say otherwise: gear hold ${names} --host ${label}; then gear unhold ${names} --host ${label}`,
        subject: label,
      },
    ];
  });
  if (failures.length > 0) throw new FailureError(...failures);
}
