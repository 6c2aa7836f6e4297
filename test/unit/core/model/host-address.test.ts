import { describe, expect, test } from 'vitest';
import { chooseHosts } from '../../../../src/core/model/choose-hosts.ts';
import { parseHostAddress } from '../../../../src/core/model/host-address.ts';
import { splitHostWord } from '../../../../src/core/model/host-word.ts';
import { addressText, writeInventory } from '../../../../src/core/descriptor/hosts/write-inventory.ts';
import { readInventory } from '../../../../src/core/descriptor/hosts/read-inventory.ts';

function address(text: string): object {
  const parsed = parseHostAddress(text);
  if (!parsed.ok) throw new Error(parsed.failures[0]?.message);
  const { label: _label, ...rest } = parsed.value;
  return rest;
}

describe('an address', () => {
  test.each([
    ['web1', { host: 'web1' }],
    ['anna@web1.example.org:2222', { user: 'anna', host: 'web1.example.org', port: 2222 }],
    ['10.0.0.5:22', { host: '10.0.0.5', port: 22 }],
    ['root@[2001:db8::1]:2222', { user: 'root', host: '2001:db8::1', port: 2222 }],
    ['[fe80::1%eth0]', { host: 'fe80::1%eth0' }],
  ])('%s is read, and written again as it was', (text, expected) => {
    expect(address(text)).toEqual(expected);
    expect(addressText({ label: text, ...expected })).toBe(text);
  });

  test.each([
    ...[
      '',
      '-oProxyCommand=id',
      '-web',
      'a b',
      'web1:',
      'web1:0',
      'web1:65536',
      'web1:22x',
      '@web1',
      '-l@web1',
    ],
    ...['$(id)', 'web;id', 'web`id`', "web'", '2001:db8::1', '[web1]', '[::1', 'a@b@c', 'web\n', '%h', 'wéb'],
  ])('%j, which ssh could read as an option or a shell as a command, is refused', (text) => {
    const parsed = parseHostAddress(text);
    expect(parsed).toMatchObject({ ok: false, failures: [{ code: 'HOST_INVALID' }] });
  });
});

test('a word names a host before its first slash, and none without one', () => {
  expect(splitHostWord('anna@[::1]:22/shop.web')).toEqual({ host: 'anna@[::1]:22', name: 'shop.web' });
  expect(splitHostWord('shop.web')).toEqual({ host: null, name: 'shop.web' });
});

const inventory = readInventory(
  `hosts:
  web1: {address: "root@10.0.0.5:2222", labels: {zone: a, tier: 1}, engine: podman}
  web2: {labels: {zone: b}}
`,
  'hosts.yaml',
);

describe('the inventory', () => {
  test('comes back from its text as it was', () => {
    if (!inventory.ok) throw new Error('not read');
    expect(readInventory(writeInventory(inventory.value), 'hosts.yaml')).toEqual(inventory);
  });

  test.each([
    ['web1', ['web1']],
    ['all', ['web1', 'web2']],
    ['zone=b', ['web2']],
    ['tier=1', ['web1']],
    ['root@elsewhere:22', ['root@elsewhere:22']],
    ['local', ['local']],
  ])('%s chooses %j', (word, labels) => {
    if (!inventory.ok) throw new Error('not read');
    const chosen = chooseHosts(word, inventory.value);
    expect(chosen.ok && chosen.value.map(({ label }) => label)).toEqual(labels);
  });

  test('a label that no host has is told, and is no empty choice', () => {
    expect(chooseHosts('zone=c', [])).toMatchObject({ ok: false, failures: [{ code: 'HOST_INVALID' }] });
  });

  test.each([
    ['hosts: [', 'is no YAML'],
    ['hosts: {web1: {adress: a}}', 'adress'],
    ['hosts: {web1: {address: "-oProxyCommand=id"}}', 'names no host'],
    ['hosts: {all: {}}', '--host reads'],
    ['hosts: {"-x": {}}', '-x'],
    ['hosts: {web1: {engine: lxc}}', 'engine'],
  ])('%s is refused with what is wrong: %s', (text, says) => {
    const read = readInventory(text, 'hosts.yaml');
    expect(read.ok).toBe(false);
    if (!read.ok) expect(JSON.stringify(read.failures)).toContain(says);
  });
});
