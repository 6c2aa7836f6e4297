import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { invokingName } from '../../../../src/adapters/host/invoking-name.ts';

it('names the person behind sudo', () => {
  expect(invokingName(0, { SUDO_USER: 'anna' })).toBe('anna (sudo)');
  expect(invokingName(0, { SUDO_USER: 'root' })).toBe(userInfo().username);
});

it('takes the name of the process when sudo did not start it', () => {
  expect(invokingName(0, {})).toBe(userInfo().username);
  expect(invokingName(1000, { SUDO_USER: 'anna' })).toBe(userInfo().username);
});

it('does not put into the manifest what is no user name', () => {
  for (const SUDO_USER of ['', 'a b', 'x\n', '$(id)', 'a'.repeat(80), '-e'])
    expect(invokingName(0, { SUDO_USER })).toBe(userInfo().username);
});
