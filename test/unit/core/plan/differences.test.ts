import { expect, it } from 'vitest';
import { differences } from '../../../../src/core/plan/differences.ts';
import { makeInstance, type InstanceParts } from '../../../support/instance.ts';

function lines(before: InstanceParts, after: InstanceParts): readonly string[] {
  return differences(makeInstance(before), makeInstance(after), { before: {}, after: {} });
}

it('equal instances differ in nothing', () => {
  expect(lines({}, {})).toEqual([]);
});

it('says that contents are others, and shows neither them nor their hashes', () => {
  const parts = (hash: string) => ({
    files: [{ target: '/etc/a', mode: 0o444, hash }],
    secrets: [{ name: 'pg', file: 'pg', mode: 0o444, hash, encrypted: true }],
  });
  expect(lines(parts('aaaa'), parts('bbbb'))).toEqual([
    'file /etc/a has another content',
    'secret pg has another value',
  ]);
});

it('names the image of an init step that moved', () => {
  const parts = (digit: string) => ({
    initImages: [{ reference: 'a:1', id: `sha256:${digit.repeat(64)}`, digest: null }],
  });
  expect(lines(parts('1'), parts('2'))).toEqual([
    `image of an init step a:1: ${'1'.repeat(12)} → ${'2'.repeat(12)}`,
  ]);
});

it('says that data does not go along to another engine, and how it would', () => {
  const mounts = [{ kind: 'volume', source: 'shop_data', target: '/data', options: [] }] as const;
  const spec = { mounts };
  const [first, second] = lines({ engine: 'docker', spec }, { engine: 'podman', spec });
  expect(first).toBe('engine: docker → podman');
  expect(second).toContain('shop_data of docker stay there');
  expect(second).toContain('gear volume backup shop_data FILE --engine docker');
  expect(lines({ engine: 'docker' }, { engine: 'podman' })).toEqual(['engine: docker → podman']);
});
