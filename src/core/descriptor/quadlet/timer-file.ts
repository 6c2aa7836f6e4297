import type { QuadletContainer } from './quadlet-container.ts';
import { valuesOf } from './quadlet-unit.ts';

/** The timer that starts the service of a .container file: `backup.timer` beside `backup.container`. */
export function timerOf(whole: string): string {
  return `${whole}.timer`;
}

/** Reads the timer beside a container that runs to its end: its time becomes the schedule, and gear writes the timer. */
export function readTimer(container: QuadletContainer): void {
  const file = timerOf(container.unit.name.whole);
  const timer = container.all.units.get(file);
  if (timer === undefined) return;
  if (container.native['job'] !== true) {
    container.approximate(
      [file],
      `left out: ${container.unit.file} is not of Type=oneshot, and runs all the time`,
    );
    return;
  }
  const [time, ...more] = valuesOf(timer, 'Timer', 'OnCalendar');
  if (time === undefined || more.length > 0) {
    container.refuse(
      [file],
      'gear starts a container at the times of one OnCalendar=',
      'write it, or keep the timer as a unit of your own and take it away here',
    );
    return;
  }
  delete container.native['job'];
  container.set('schedule', time.text, time.path);
  container.reader.tell(time.path, 'kept');
  for (const key of timer.sections.get('Timer')?.keys() ?? [])
    for (const value of valuesOf(timer, 'Timer', key)) {
      if (key === 'OnCalendar') continue;
      const isUsual =
        (key === 'Persistent' && /^(1|y|yes|t|true|on)$/i.test(value.text)) ||
        (key === 'Unit' && value.text === `${container.unit.name.whole}.service`);
      if (isUsual) container.reader.tell(value.path, 'kept');
      else
        container.approximate(
          value.path,
          'left out: gear writes the timer, which makes up for a missed time',
        );
    }
}
