import { describe, expect, it } from 'vitest';
import { parseCpus, parseMemory, parseRetries } from '../../../../src/core/descriptor/amounts.ts';
import { parseDependency } from '../../../../src/core/descriptor/dependency.ts';
import { parseDuration } from '../../../../src/core/descriptor/duration.ts';
import {
  parseImage,
  parseRestart,
  parseShellLine,
  parseUser,
} from '../../../../src/core/descriptor/words.ts';
import { refusalOf, valueOf } from './expectations.ts';

describe('a duration', () => {
  const parse = (text: string) => parseDuration(text, { leastMs: 1 });

  it.each([
    ['1m30s', 90_000],
    ['500ms', 500],
    ['1.5h', 5_400_000],
    ['1500us', 2],
    ['.5s', 500],
  ])('%s is %d ms', (text, ms) => {
    expect(valueOf(parse(text))).toBe(ms);
  });

  it('without a unit is refused, or seconds where the flag says so', () => {
    expect(refusalOf(parse('30'))).toBe('VALUE_INVALID "30" is not a duration → add a unit: 30s');
    expect(valueOf(parseDuration('30', { leastMs: 0, bare: 's' }))).toBe(30_000);
    expect(valueOf(parseDuration('0', { leastMs: 0, bare: 's' }))).toBe(0);
  });

  it.each(['', 's', '-1s', '1 s', '1d', '1m30', '1s\n', '٣s'])('%j is refused', (text) => {
    expect(refusalOf(parse(text))).toMatch(/^VALUE_INVALID .* is not a duration/);
  });

  it('is bounded on both sides', () => {
    expect(refusalOf(parse('0s'))).toBe('VALUE_INVALID "0s" is too short → give at least 1ms');
    expect(refusalOf(parse('169h'))).toBe('VALUE_INVALID "169h" is too long → give at most 168h');
    expect(refusalOf(parse(`${'9'.repeat(400)}h`))).toMatch(/too long/);
  });
});

describe('an amount', () => {
  it.each([
    ['512m', 512 * 1024 ** 2],
    ['2g', 2 * 1024 ** 3],
    ['1.5G', 1.5 * 1024 ** 3],
    ['8388608', 8 * 1024 ** 2],
    ['8192k', 8 * 1024 ** 2],
    ['64MiB', 64 * 1024 ** 2],
  ])('of memory: %s', (text, bytes) => {
    expect(valueOf(parseMemory(text))).toBe(bytes);
  });

  it.each([
    ['5m', 'VALUE_INVALID "5m" is less than a container can run in → give at least 6m'],
    ['0', 'VALUE_INVALID a memory limit of 0 limits nothing → leave it out for no limit'],
    ['much', 'VALUE_INVALID "much" is not an amount of memory → write it as 512m or 2g'],
    ['-1g', 'VALUE_INVALID "-1g" is not an amount of memory → write it as 512m or 2g'],
    [
      `${'9'.repeat(30)}g`,
      `VALUE_INVALID "${'9'.repeat(30)}g" is more than any host has → write it as 512m or 2g`,
    ],
  ])('of memory that cannot be: %s', (text, refusal) => {
    expect(refusalOf(parseMemory(text))).toBe(refusal);
  });

  it('of processors', () => {
    expect(valueOf(parseCpus('.5'))).toBe(0.5);
    expect(refusalOf(parseCpus('0'))).toBe(
      'VALUE_INVALID "0" processors cannot be given → give 0.01 to 8192',
    );
    expect(refusalOf(parseCpus('two'))).toMatch('is not a number of processors');
    expect(refusalOf(parseCpus('1e3'))).toMatch('is not a number of processors');
  });

  it('of tries', () => {
    expect(valueOf(parseRetries('3'))).toBe(3);
    for (const text of ['0', '-1', '1.5', '1001', ''])
      expect(refusalOf(parseRetries(text))).toMatch('give 1 to 1000');
  });
});

describe('a word', () => {
  it('of --restart is one of docker run', () => {
    expect(valueOf(parseRestart('on-failure'))).toBe('on-failure');
    expect(valueOf(parseRestart('unless-stopped'))).toBe('always');
    expect(refusalOf(parseRestart('on-failure:5'))).toBe(
      'VALUE_INVALID gear does not give up after a number of restarts: it waits longer before each, up to a minute → use on-failure',
    );
    expect(refusalOf(parseRestart('allways'))).toBe(
      'VALUE_INVALID "allways" is not a way to restart → did you mean always?',
    );
  });

  it('of --user is a name or number, with a group or without', () => {
    for (const user of ['www-data', '1000:1000', 'app:staff', '0'])
      expect(valueOf(parseUser(user))).toBe(user);
    for (const user of ['', ':1', 'a b', 'a:', '-x', 'a:b:c', 'a\n'])
      expect(refusalOf(parseUser(user))).toMatch('not a user');
  });

  it('of --health-cmd is a line for the shell in the container', () => {
    expect(valueOf(parseShellLine('test -f "/ok"'))).toEqual(['/bin/sh', '-c', 'test -f "/ok"']);
    expect(refusalOf(parseShellLine('  '))).toMatch('give it one, or switch the check off');
  });

  it('for an image holds no blanks and does not begin like a flag', () => {
    for (const image of ['nginx', 'registry.example.com:5000/shop/web:3', `web@sha256:${'0'.repeat(64)}`])
      expect(valueOf(parseImage(image))).toBe(image);
    for (const image of ['', '-x', 'my web', 'a\nb', 'ñ'])
      expect(refusalOf(parseImage(image))).toMatch(/^IMAGE_REFERENCE/);
  });
});

describe('a dependency', () => {
  it.each([
    ['db', 'db'],
    ['shop.db', 'shop.db'],
    ['ctr-shop.db.service', 'shop.db'],
    ['network-online.target', 'network-online.target'],
    ['ctr-db-ready.service', 'ctr-db-ready.service'],
    ['srv-my\\x2ddata.mount', 'srv-my\\x2ddata.mount'],
    ['getty@tty1.service', 'getty@tty1.service'],
  ])('%s is %s', (text, name) => {
    expect(valueOf(parseDependency(text))).toBe(name);
  });

  it.each([
    [
      'a.b.c',
      'VALUE_INVALID "a.b.c" is neither a container nor a unit → give a container, such as shop.web, or a unit with its suffix, such as network-online.target',
    ],
    ['Db', 'NAME_INVALID the name "Db" holds upper-case letters → use "db" instead'],
    [
      'my disk.mount',
      'VALUE_INVALID "my disk.mount" cannot be the name of a unit → systemctl list-units shows the names',
    ],
    [
      '%i.service',
      'VALUE_INVALID "%i.service" cannot be the name of a unit → systemctl list-units shows the names',
    ],
  ])('%s is refused', (text, refusal) => {
    expect(refusalOf(parseDependency(text))).toBe(refusal);
  });
});
