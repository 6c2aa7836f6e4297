import { describe, expect, test } from 'vitest';
import { paths } from '../../../src/core/model/paths.ts';
import { systemctl } from '../../../src/core/model/systemctl.ts';
import { inScope, valueInScope } from '../../../src/report/scope-words.ts';
import { inUserScope } from '../../support/in-user-scope.ts';

test('of the machine, what to type is as it is written', () => {
  expect(inScope('gear logs web; systemctl cat ctr-web.service')).toBe(
    'gear logs web; systemctl cat ctr-web.service',
  );
});

describe('of a user', () => {
  inUserScope();

  test.each([
    ['gear start web mends it', 'gear --user start web mends it'],
    [
      'see it: gear logs web; then: gear restart web',
      'see it: gear --user logs web; then: gear --user restart web',
    ],
    ['leave it, or gear rm web', 'leave it, or gear --user rm web'],
    ['systemctl unmask ctr-web.service', 'systemctl --user unmask ctr-web.service'],
    ['journalctl --unit ctr-web.service', 'journalctl --user --unit ctr-web.service'],
    ['journalctl -u gear-watch.service', 'journalctl --user -u gear-watch.service'],
    // Prose, units of the machine, and what says it already.
    ['run gear on a host that was booted with systemd', 'run gear on a host that was booted with systemd'],
    ['systemctl status systemd-journald', 'systemctl status systemd-journald'],
    ['ssh h1 gear --user …', 'ssh h1 gear --user …'],
  ])('%s', (written, typed) => {
    expect(inScope(written)).toBe(typed);
  });

  test('what --json says to type next is as it is typed, and nothing else is changed', () => {
    const value = {
      problems: [{ message: 'see: gear ls', next: 'gear logs web' }],
      warnings: ['to start it: gear start web'],
      pid: 7,
      held: null,
    };
    expect(valueInScope([value])).toEqual([
      {
        problems: [{ message: 'see: gear ls', next: 'gear --user logs web' }],
        warnings: ['to start it: gear --user start web'],
        pid: 7,
        held: null,
      },
    ]);
  });

  test('units of others are asked of the systemd that has them', () => {
    expect(systemctl('status db.service')).toBe('systemctl --user status db.service');
    expect([paths.runtimeUnits, paths.generated]).toEqual([
      expect.stringMatching(/^(?!\/run\/systemd).*\/systemd\/user$/),
      expect.stringMatching(/^(?!\/run\/systemd).*\/systemd\/generator$/),
    ]);
  });
});
