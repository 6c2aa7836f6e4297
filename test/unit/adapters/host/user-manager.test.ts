import { describe, expect, test } from 'vitest';
import { userAccount } from '../../../../src/adapters/host/user-account.ts';
import { asUser, userEnvironment } from '../../../../src/adapters/host/user-manager.ts';

describe('a command for a host', () => {
  test.each([
    [
      ['systemctl', 'disable', 'x'],
      ['systemctl', '--user', 'disable', 'x'],
    ],
    [
      ['systemd-run', '--quiet', '--', 'x'],
      ['systemd-run', '--user', '--quiet', '--', 'x'],
    ],
    [
      ['systemd-analyze', 'verify', 'x'],
      ['systemd-analyze', '--user', 'verify', 'x'],
    ],
    [
      ['tar', '--create'],
      ['podman', 'unshare', 'tar', '--create'],
    ],
    [
      ['date', '+%s'],
      ['date', '+%s'],
    ],
    [
      ['/usr/bin/podman', 'ps'],
      ['/usr/bin/podman', 'ps'],
    ],
  ])('%j is told whose systemd, and whose data', (command, expected) => {
    expect(asUser(command, 'podman')).toEqual(expected);
  });

  test('without Podman, data is reached with the same IDs by unshare', () => {
    const expected = ['unshare', '--map-auto', '--map-root-user', '--', 'tar', '--create'];
    expect(asUser(['tar', '--create'], 'docker')).toEqual(expected);
  });
});

describe('the account of a user', () => {
  test('has the folders of XDG, and the usual ones where they are not said', () => {
    const { home, folders, uid } = userAccount({
      XDG_CONFIG_HOME: '/srv/config',
      XDG_STATE_HOME: 'relative',
    });
    expect(folders).toEqual({
      config: '/srv/config',
      state: `${home}/.local/state`,
      runtime: `/run/user/${String(uid)}`,
    });
  });

  test('has no session where the folder for run-time files is not there', () => {
    expect(userAccount({ XDG_RUNTIME_DIR: '/nonexistent' }).hasRuntime).toBe(false);
  });

  test('gives commands what finds systemd and the store, and nothing else', () => {
    const account = userAccount({ XDG_RUNTIME_DIR: '/run/user/7' });
    expect(userEnvironment(account)).toEqual({ HOME: account.home, XDG_RUNTIME_DIR: '/run/user/7' });
  });
});
