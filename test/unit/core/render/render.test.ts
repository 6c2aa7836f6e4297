import { describe, expect, it } from 'vitest';
import type { Instance } from '../../../../src/core/model/instance.ts';
import { renderInstance } from '../../../../src/core/render/render.ts';
import { unitTextHash } from '../../../../src/core/render/text-hash.ts';
import { makeInstance } from '../../../support/instance.ts';
import { valuesOf } from '../../../support/systemd-syntax.ts';

const target = { systemdVersion: 257, engineCommand: '/usr/bin/docker', liveRestore: false };
const check = { command: ['true'], intervalMs: 30_000, timeoutMs: 30_000, retries: 3, startPeriodMs: 5_000 };

type Known = Readonly<Record<string, { hasCheck: boolean; held?: boolean }>>;

function render(instance: Instance, known: Known = {}, systemdVersion = 257) {
  const dependencies = new Map(Object.entries(known));
  return renderInstance(instance, { ...target, systemdVersion }, { dependencies });
}

function units(...given: Parameters<typeof render>): readonly string[] {
  const rendered = render(...given);
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.failures));
  return rendered.value.map((unit) => unit.text);
}

describe('a rendered unit', () => {
  it('carries the hash of its own text, which is the same for the same input', () => {
    const [first, second] = [render(makeInstance()), render(makeInstance())];
    expect(first).toEqual(second);
    if (!first.ok) throw new Error('not rendered');
    for (const unit of first.value) {
      expect(valuesOf(unit.text, 'Environment')).toContain(`GEAR_TEXT=${unit.hash}`);
      expect(unitTextHash(unit.text)).toBe(unit.hash);
    }
  });

  it('waits longer before each restart where systemd can, and a fixed time where not', () => {
    const [now = ''] = units(makeInstance());
    const [before = ''] = units(makeInstance(), {}, 253);
    expect([valuesOf(now, 'RestartSec'), valuesOf(now, 'RestartSteps')]).toEqual([['2s'], ['5']]);
    expect([valuesOf(before, 'RestartSec'), valuesOf(before, 'RestartSteps')]).toEqual([['10s'], []]);
  });

  it('names the environment file only where the engine inherits from it', () => {
    const [both = ''] = units(makeInstance({ environmentKeys: ['A', 'PATH'], environmentFile: 'f00' }));
    expect(valuesOf(both, 'EnvironmentFile')).toEqual(['/etc/gear/files/f00']);
    expect(both).toContain('--env-file /etc/gear/files/f00.raw');
    const [raw = ''] = units(makeInstance({ environmentKeys: ['PATH'], environmentFile: 'f00' }));
    expect(valuesOf(raw, 'EnvironmentFile')).toEqual([]);
  });

  it('gives its process the stop timeout, rounded up, and systemd a little more', () => {
    const [text = ''] = units(makeInstance({ spec: { stopTimeoutMs: 1_500 } }));
    expect(text).toContain('--stop-timeout 2 ');
    expect(valuesOf(text, 'TimeoutStopSec')).toEqual(['17']);
  });
});

describe('readiness', () => {
  it('is a unit of its own, bounded by the times of the check', () => {
    const [container = '', ready = ''] = units(makeInstance({ check }));
    expect(valuesOf(container, 'Wants')).toContain('ctr-web-ready.service');
    expect(valuesOf(ready, 'BindsTo')).toEqual(['ctr-web.service']);
    expect(valuesOf(ready, 'TimeoutStartSec')).toEqual(['185']);
  });

  it('gets half a minute at least', () => {
    const short = { ...check, intervalMs: 100, timeoutMs: 100, startPeriodMs: 0 };
    expect(valuesOf(units(makeInstance({ check: short }))[1] ?? '', 'TimeoutStartSec')).toEqual(['30']);
  });

  it('is not there without a check', () => {
    expect(units(makeInstance())).toHaveLength(1);
  });
});

describe('dependencies', () => {
  const known = { db: { hasCheck: true }, cache: { hasCheck: false } };

  it('after: order alone, on readiness where there is a check', () => {
    const [text = ''] = units(makeInstance({ spec: { after: ['db', 'cache', 'nginx.service'] } }), known);
    expect(valuesOf(text, 'After')).toEqual([
      'docker.service docker.socket',
      'ctr-db-ready.service',
      'ctr-cache.service',
      'nginx.service',
    ]);
    expect(valuesOf(text, 'Wants')).toEqual([]);
    expect(valuesOf(text, 'Requires')).toEqual(['docker.service']);
  });

  it('requires: a container is wanted and asked for on each start; another unit is required', () => {
    const [text = ''] = units(makeInstance({ spec: { requires: ['db', 'data.mount'] } }), known);
    expect(valuesOf(text, 'Wants')).toEqual(['ctr-db-ready.service']);
    expect(valuesOf(text, 'Requires')).toEqual(['docker.service', 'data.mount']);
    expect(valuesOf(text, 'ExecStartPre')[0]).toContain('require.sh web ctr-db-ready.service');
  });

  it('requires: a held container is asked for, and not pulled in', () => {
    const held = { db: { hasCheck: false, held: true } };
    const [text = ''] = units(makeInstance({ spec: { requires: ['db'] } }), held);
    expect(valuesOf(text, 'Wants')).toEqual([]);
    expect(valuesOf(text, 'ExecStartPre')[0]).toContain('require.sh web ctr-db.service');
  });

  it.each(['nobody', 'bad name.service', '%i.service'])('%s is refused', (name) => {
    const rendered = render(makeInstance({ spec: { requires: [name] } }), known);
    expect(rendered).toMatchObject({ ok: false, failures: [{ code: 'DEPENDENCY_UNKNOWN', subject: 'web' }] });
  });
});

describe('what a unit cannot carry is refused with VALUE_INVALID', () => {
  it.each([
    ['a NUL character in the command', { command: ['a\0b'] }],
    ['a colon in a bind source', { mounts: [bind('/srv/a:b')] }],
    ['a line end in a bind source', { mounts: [bind('/srv/a\nExecStart=/bin/evil')] }],
  ])('%s', (_, spec) => {
    const rendered = render(makeInstance({ spec }));
    expect(rendered).toMatchObject({ ok: false, failures: [{ code: 'VALUE_INVALID', subject: 'web' }] });
  });

  it('a line end in the name of the image', () => {
    const image = { ...makeInstance().image, reference: 'a\nExecStart=/bin/evil' };
    expect(render(makeInstance({ image }))).toMatchObject({
      ok: false,
      failures: [{ code: 'VALUE_INVALID' }],
    });
  });
});

function bind(source: string) {
  return { kind: 'bind', source, target: '/srv', options: [] } as const;
}
