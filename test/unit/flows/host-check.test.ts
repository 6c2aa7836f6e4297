import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { checkHost } from '../../../src/flows/host-check.ts';
import { contextOn } from './gear-in-memory.ts';

type Breaking = (host: MemoryHost) => void;

const nothing: Breaking = () => undefined;
const oldDocker: Breaking = ({ docker }) => {
  docker.about = { ...docker.about, version: '19.03.15' };
};

test.each<[string, ConstructorParameters<typeof MemoryHost>[0], Breaking, readonly string[]]>([
  ['no engine', { engines: [] }, nothing, ['ENGINE_ABSENT']],
  ['an old engine', { engines: ['docker'] }, oldDocker, ['ENGINE_OLD']],
  ['an old systemd', {}, (host) => (host.init.release = 251), ['SYSTEMD_OLD']],
  ['no systemd', { systemdIsInit: false }, nothing, ['SYSTEMD_ABSENT']],
  ['no root', { uid: 1000, user: 'anna' }, nothing, ['NOT_ROOT']],
  [
    'several at once',
    { engines: [], unifiedCgroup: false },
    (host) => (host.init.release = 251),
    ['CGROUP_OLD', 'ENGINE_ABSENT', 'SYSTEMD_OLD'],
  ],
])(
  'a check of a host with %s tells all that is in the way, with what to type',
  async (_, facts, breaking, codes) => {
    const host = new MemoryHost(facts);
    breaking(host);
    const checked = await checkHost(contextOn(host));
    const failures = checked.ok ? [] : checked.failures;
    expect(failures.map(({ code }) => code).toSorted()).toEqual(codes);
    for (const { next } of failures) expect(next).not.toBe('');
    expect(host.calls.since()).toEqual([]);
  },
);

test('a check of a good host tells what it has, and changes nothing', async () => {
  const host = new MemoryHost();
  const checked = await checkHost(contextOn(host));
  expect(checked).toMatchObject({ ok: true, value: { name: 'memory', user: 'root' } });
  expect(checked.ok && checked.value.engines.map(({ kind }) => kind)).toEqual(['docker', 'podman']);
  expect(host.calls.since()).toEqual([]);
});
