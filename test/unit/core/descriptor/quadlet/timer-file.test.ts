import { describe, expect, test } from 'vitest';
import { quadletOf } from '../../../../support/quadlet.ts';
import { valueOf } from '../expectations.ts';

const oneshot = '[Container]\nImage=backup:1\n[Service]\nType=oneshot\n';

function read(timer: string, container = oneshot) {
  const { document, losses } = valueOf(
    quadletOf({
      'backup.container': container,
      'backup.timer': timer,
      'web.container': '[Container]\nImage=web:1\n',
    }),
  );
  const { containers } = document.value as { containers: Record<string, Record<string, unknown>> };
  const told = losses
    .filter(({ key, verdict }) => key.startsWith('backup.timer') && verdict !== 'kept')
    .map(({ key, verdict, place }) => `${verdict} ${place.source}:${String(place.line)} ${key}`);
  return { backup: containers['backup'], names: Object.keys(containers), told };
}

describe('a timer beside a container', () => {
  test('of Type=oneshot is its schedule', () => {
    const { backup, names, told } = read(
      '[Unit]\nDescription=x\n[Timer]\nOnCalendar=*-*-* 03:00:00\nPersistent=true\nUnit=backup.service\n[Install]\nWantedBy=timers.target\n',
    );
    expect(backup).toMatchObject({ schedule: '*-*-* 03:00:00' });
    expect(backup).not.toHaveProperty('job');
    expect(names).toEqual(['backup', 'web']);
    expect(told).toEqual([]);
  });

  test('has what is left out of it told where it stands', () => {
    expect(read('[Timer]\nOnCalendar=daily\nRandomizedDelaySec=5m\nPersistent=false\n').told).toEqual([
      'approximated /srv/shop/backup.timer:3 backup.timer: [Timer] RandomizedDelaySec',
      'approximated /srv/shop/backup.timer:4 backup.timer: [Timer] Persistent',
    ]);
  });

  test('without one time of the calendar is refused', () => {
    expect(read('[Timer]\nOnBootSec=5m\n').told).toEqual(['refused /srv/shop/backup.timer:2 backup.timer']);
    expect(read('[Timer]\nOnCalendar=daily\nOnCalendar=monthly\n').told).toHaveLength(1);
  });

  test('that runs all the time is told to be left out', () => {
    const { backup, told } = read('[Timer]\nOnCalendar=daily\n', '[Container]\nImage=a\n');
    expect(backup).not.toHaveProperty('schedule');
    expect(told).toEqual(['approximated /srv/shop/backup.timer:2 backup.timer']);
  });
});
