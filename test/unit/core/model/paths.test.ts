import { describe, expect, test } from 'vitest';
import { generationPath, paths } from '../../../../src/core/model/paths.ts';
import { inUserScope } from '../../../support/in-user-scope.ts';

test('of the machine, gear is in /etc, /var/lib and /run, and boots with multi-user.target', () => {
  expect(paths).toMatchObject({
    scope: 'system',
    current: '/etc/gear/current',
    lock: '/var/lib/gear/lock',
    loaded: '/run/gear/loaded',
    bootLinks: '/etc/systemd/system/multi-user.target.wants',
    timerLinks: '/etc/systemd/system/timers.target.wants',
  });
});

describe('of a user', () => {
  inUserScope();

  test('all is in folders of the user, and boots with default.target', () => {
    expect(paths).toMatchObject({
      scope: 'user',
      current: '/home/anna/.local/state/gear/local/current',
      templates: '/home/anna/.config/gear/templates',
      bootLinks: '/home/anna/.config/systemd/user/default.target.wants',
    });
    const { scope: _scope, bootTarget: _bootTarget, ...places } = paths;
    for (const place of Object.values(places)) expect(place).toMatch(/^\/(home\/anna|run\/user\/1000)\//);
    expect(generationPath(3)).toBe('/home/anna/.local/state/gear/local/generations/3');
  });

  test('what is gone after a reboot is in the folder that is', () => {
    for (const place of [paths.notes, paths.loaded, paths.stops, paths.reloads, paths.runtimeFiles])
      expect(place).toMatch(/^\/run\/user\/1000\/gear/);
  });

  test('what gear keeps of other machines is in none of the folders that uninstall removes', () => {
    for (const kept of ['/home/anna/.local/state/gear/hosts', '/home/anna/.config/gear/hosts.yaml'])
      for (const removed of [paths.root, paths.state, paths.notes])
        expect(`${kept}/`.startsWith(`${removed}/`)).toBe(false);
  });
});
