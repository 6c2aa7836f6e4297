import { describe, expect, it } from 'vitest';
import type { Directive } from '../../../../src/core/model/container.ts';
import { renderInstance } from '../../../../src/core/render/render.ts';
import { unitsOf } from '../../../../src/core/render/units-of.ts';
import { makeInstance, type InstanceParts } from '../../../support/instance.ts';
import { valuesOf } from '../../../support/systemd-syntax.ts';

const known = new Map([
  ['migrate', { hasCheck: false, job: true }],
  ['db', { hasCheck: true }],
  ['held', { hasCheck: false, held: true }],
]);

function render(parts: InstanceParts, systemdVersion = 257) {
  const target = {
    systemdVersion,
    engineCommand: `/usr/bin/${parts.engine ?? 'docker'}`,
    liveRestore: false,
  };
  return renderInstance(makeInstance(parts), target, { dependencies: known });
}

function units(parts: InstanceParts, systemdVersion?: number) {
  const rendered = render(parts, systemdVersion);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.failures));
  return rendered.value;
}

function service(parts: InstanceParts, systemdVersion?: number): string {
  return units(parts, systemdVersion)[0]?.text ?? '';
}

describe.each(['docker', 'podman'] as const)('a job with %s', (engine) => {
  const text = service({ engine, spec: { job: true, restart: 'always' } });

  it('is what its process is, counts as active after its success, and takes the time that it takes', () => {
    expect(valuesOf(text, 'Type')).toEqual(['oneshot']);
    expect(valuesOf(text, 'RemainAfterExit')).toEqual(['yes']);
    expect(valuesOf(text, 'TimeoutStartSec')).toEqual(['infinity']);
    expect(text).not.toContain('running.sh');
  });

  it('fails with every status but 0, and is tried again then alone', () => {
    expect(valuesOf(text, 'SuccessExitStatus')).toEqual([]);
    expect(valuesOf(text, 'Restart')).toEqual(['on-failure']);
    expect(text).not.toContain('--detach');
  });

  it('gates what comes after it', () => {
    const after = service({ engine, spec: { after: ['migrate'] } });
    expect(valuesOf(after, 'ExecStartPre')[0]).toContain('require.sh web ctr-migrate.service');
    expect(valuesOf(after, 'Wants')).not.toContain('ctr-migrate.service');
  });
});

describe('a schedule', () => {
  const spec = { schedule: 'Mon *-*-* 03:00:00', restart: 'no' } as const;

  it('has a timer, which alone is started on boot', () => {
    const [run, timer] = units({ spec });
    expect(timer?.name).toBe('ctr-web.timer');
    expect(valuesOf(timer?.text ?? '', 'OnCalendar')).toEqual([spec.schedule]);
    expect(valuesOf(timer?.text ?? '', 'WantedBy')).toEqual(['timers.target']);
    expect(valuesOf(run?.text ?? '', 'WantedBy')).toEqual([]);
    expect(valuesOf(run?.text ?? '', 'RemainAfterExit')).toEqual([]);
  });

  it('is one line of its own', () => {
    expect(render({ spec: { schedule: 'daily\nOnBootSec=1' } })).toMatchObject({ ok: false });
  });
});

describe('the units of an instance', () => {
  it('are those that are rendered, and one of them is started', () => {
    const check = { command: ['true'], intervalMs: 1, timeoutMs: 1, retries: 1, startPeriodMs: 0 };
    const cases = [{}, { check }, { spec: { schedule: 'daily' } }, { spec: { job: true } }] as const;
    for (const parts of cases)
      expect(unitsOf(makeInstance(parts)).all).toEqual(units(parts).map(({ name }) => name));
    expect(cases.map((parts) => unitsOf(makeInstance(parts)).start)).toEqual([
      ...['ctr-web.service', 'ctr-web.service', 'ctr-web.timer', 'ctr-web.service'],
    ]);
  });
});

describe('the delay between restarts', () => {
  const delay = (firstMs: number, longestMs: number) => ({ spec: { restartDelay: { firstMs, longestMs } } });
  const timing = (text: string) =>
    ['RestartSec', 'RestartSteps', 'RestartMaxDelaySec'].map((key) => valuesOf(text, key)[0]);

  it('grows from the first to the longest where systemd can', () => {
    expect(timing(service(delay(500, 90_000)))).toEqual(['500ms', '5', '90s']);
    expect(timing(service(delay(5_000, 5_000)))).toEqual(['5s', undefined, undefined]);
  });

  it('is the first alone where it cannot, and no less than a second', () => {
    expect(timing(service(delay(5_000, 90_000), 253))).toEqual(['5s', undefined, undefined]);
    expect(timing(service(delay(1, 90_000), 253))).toEqual(['1s', undefined, undefined]);
  });

  it.each([delay(0, 5), delay(10, 5), delay(Number.NaN, 5)])('%o is refused', (parts) => {
    expect(render(parts)).toMatchObject({ ok: false, failures: [{ code: 'VALUE_INVALID' }] });
  });
});

describe('relations', () => {
  it('before, part_of and conflicts name the unit that runs; wants the one that is ready', () => {
    const others = { before: ['db'], partOf: ['db'], conflicts: ['db'], wants: ['db', 'held', 'a.mount'] };
    const text = service({ spec: others });
    for (const key of ['Before', 'PartOf', 'Conflicts'])
      expect(valuesOf(text, key)).toEqual(['ctr-db.service']);
    expect(valuesOf(text, 'Wants')).toEqual(['ctr-db-ready.service', 'a.mount']);
  });

  it('before waits for readiness where there is a check', () => {
    const check = { command: ['true'], intervalMs: 1, timeoutMs: 1, retries: 1, startPeriodMs: 0 };
    expect(valuesOf(units({ check, spec: { before: ['db'] } })[1]?.text ?? '', 'Before')).toEqual([
      'ctr-db.service',
    ]);
  });

  it.each(['before', 'wants', 'partOf', 'conflicts'])('%s of nobody is refused', (key) => {
    expect(render({ spec: { [key]: ['nobody'] } })).toMatchObject({
      ok: false,
      failures: [{ code: 'DEPENDENCY_UNKNOWN' }],
    });
  });
});

describe('a directive', () => {
  const given = (name: string, value: string, section: Directive['section'] = 'Service') => ({
    spec: { directives: [{ section, name, value }] },
  });

  it('stands after those of gear, in its section, with specifiers of its own', () => {
    const text = service(given('Description', 'of %H', 'Unit'));
    expect(valuesOf(text, 'Description').at(-1)).toBe('of %H');
    expect(text.indexOf('of %H')).toBeLessThan(text.indexOf('[Service]'));
  });

  it.each([
    ['Type', 'simple', '"Type" is refused: gear depends on it'],
    ['ExecStart', '/bin/x', 'the key for it is "command"'],
    ['Restart', 'no', 'the key for it is "restart"'],
    ['ExecStartPre', '', "would take gear's own away"],
    ['Environment', 'GEAR_HASH=x', 'GEAR_'],
    ['IOWeight', '5\nExecStart=/bin/evil', 'control character'],
    ['A=B', 'x', 'no name of a directive'],
  ])('%s=%s is refused', (name, value, reason) => {
    const rendered = render(given(name, value));
    expect(rendered).toMatchObject({ ok: false, failures: [{ code: 'VALUE_INVALID', subject: 'web' }] });
    expect(JSON.stringify(rendered)).toContain(JSON.stringify(reason).slice(1, -1));
  });
});

describe('what neither a unit nor an engine can take is refused', () => {
  const use = { name: 'n', aliases: [] };
  it.each<[string, InstanceParts]>([
    ['a colon in a path in memory', { spec: { tmpfs: [{ target: '/a:b', options: [] }] } }],
    ['an alias that says more', { spec: { networks: [{ ...use, aliases: ['a,ip=1'] }] } }],
    ['an address that says more', { spec: { networks: [{ ...use, ip: '1.2.3.4,mac=x' }] } }],
    ['a label of gear', { spec: { options: { label: ['gear.name=other'] } } }],
    ['what is no slice', { spec: { options: { 'cgroup-parent': '/x' } } }],
    ['a NUL in an option', { spec: { options: { hostname: 'a\0' } } }],
    ['a config file elsewhere', { files: [{ target: '/etc/../run', mode: 0o444, hash: 'f' }] }],
    ['a mode that is none', { files: [{ target: '/etc/a', mode: 0o10000, hash: 'f' }] }],
    [
      'a secret in another folder',
      { secrets: [{ name: 'a', file: '../a', mode: 0o444, hash: 'f', encrypted: false }] },
    ],
    ['a signal that says more', { spec: { reload: { kind: 'signal', signal: 'HUP;x' } } }],
    ['a reload without a command', { spec: { reload: { kind: 'exec', command: [] } } }],
  ])('%s', (_, parts) => {
    expect(render(parts)).toMatchObject({ ok: false, failures: [{ code: 'VALUE_INVALID' }] });
  });

  it('an option that nobody knows', () => {
    expect(render({ spec: { options: { 'no-such': 'x' } } })).toMatchObject({
      ok: false,
      failures: [{ code: 'UNSUPPORTED' }],
    });
  });
});
