import { describe, expect, it } from 'vitest';
import type { FlagValues } from '../../../../src/core/descriptor/collect-changes.ts';
import { applyChange } from '../../../../src/core/descriptor/apply-change.ts';
import { parseInstall } from '../../../../src/core/descriptor/parse-install.ts';
import { parseSet } from '../../../../src/core/descriptor/parse-set.ts';
import { changeSpec } from '../../../../src/core/model/change-spec.ts';
import type { ContainerSpec } from '../../../../src/core/model/container.ts';
import { refusalOf, valueOf } from './expectations.ts';

const surroundings = { environment: {}, directory: '/root', files: {} };

function parse(words: string, flags: FlagValues = {}) {
  return parseSet({ words: words.split(' ').filter((word) => word !== ''), flags }, surroundings);
}

describe('gear set', () => {
  it('holds only what is given', () => {
    expect(
      valueOf(parse('web ctr-db.service', { image: 'nginx:1.28', env: ['A=1'], 'unset-env': ['B'] })),
    ).toEqual({
      names: ['web', 'ctr-db.service'],
      spec: { image: 'nginx:1.28' },
      environment: { A: '1' },
      unsetEnvironment: ['B'],
      reset: [],
    });
  });

  it.each([[{ pull: 'always' }], [{ templates: 'mine' }]])('needs no more than %j', (flags) => {
    expect(valueOf(parse('web', flags))).toMatchObject({ names: ['web'], spec: {} });
  });

  it.each([
    ['', {}, 'USAGE the name is missing → gear set NAME --image IMAGE --env KEY=VALUE'],
    [
      'web',
      { pull: 'missing' },
      'USAGE nothing is given to change → gear set NAME --image IMAGE --env KEY=VALUE',
    ],
    ['web', {}, 'USAGE nothing is given to change → gear set NAME --image IMAGE --env KEY=VALUE'],
    ['web A=1', { 'unset-env': ['A'] }, 'ENV_INVALID A is both set and unset → give one of them'],
    [
      'web',
      { 'unset-env': ['A=1'] },
      'ENV_INVALID a variable cannot be called A=…: systemd carries letters, digits and "_" only → write it as KEY=VALUE',
    ],
    ['web', { reset: ['memroy'] }, 'VALUE_INVALID "memroy" cannot be reset → did you mean --reset memory?'],
    ['web', { reset: ['env'] }, 'VALUE_INVALID "env" cannot be reset → name the variable: --unset-env KEY'],
    [
      'web',
      { reset: ['memory'], memory: '1g' },
      'VALUE_INVALID memory is both given and reset → take --reset away: what is given replaces what was',
    ],
    [
      'web',
      { image: 'my image' },
      'IMAGE_REFERENCE "my image" is not the name of an image → write it as NAME:TAG, such as nginx:1.27 or registry.example.com/shop/web:3',
    ],
  ])('refuses %j %j', (words, flags, refusal) => {
    expect(refusalOf(parse(words, flags))).toBe(refusal);
  });
});

describe('a change of a container', () => {
  const before: ContainerSpec = {
    image: 'nginx:1.27',
    ports: [{ hostIp: '', hostPort: 80, containerPort: 80, protocol: 'tcp' }],
    mounts: [],
    restart: 'always',
    health: { command: ['true'], retries: 3 },
    stopTimeoutMs: 10_000,
    after: [],
    requires: [],
  };

  it('replaces a list as a whole and leaves the rest', () => {
    const { spec } = valueOf(parse('web', { publish: ['8080:80', '8443:443'] }));
    expect(changeSpec(before, spec)).toEqual({ ...before, ports: spec.ports });
  });

  it('changes of the health check only what is given', () => {
    const { spec } = valueOf(parse('web', { 'health-retries': '5' }));
    expect(changeSpec(before, spec).health).toEqual({ command: ['true'], retries: 5 });
  });

  it('ends a health check with --no-healthcheck, and begins one with a new command', () => {
    const none = changeSpec(before, valueOf(parse('web', { 'no-healthcheck': true })).spec);
    expect(none.health).toEqual({ disabled: true });
    expect(changeSpec(none, { health: { retries: 5 } }).health).toEqual({ disabled: true });
    expect(changeSpec(none, { health: { command: ['true'] } }).health).toEqual({ command: ['true'] });
  });
});

describe('what set takes away', () => {
  const [whole] = valueOf(
    parseInstall(
      {
        words: ['nginx', 'web'],
        flags: {
          publish: ['8080:80'],
          network: ['backend'],
          memory: '512m',
          restart: 'no',
          'read-only': true,
          'cap-drop': ['ALL'],
          label: ['a=1'],
          unit: ['Documentation=https://example.com', 'Wants=a.service'],
          service: ['LimitNOFILE=1024'],
          'health-cmd': 'true',
          'health-retries': '5',
        },
        command: ['sleep', '60'],
      },
      surroundings,
    ),
  );
  const before = whole?.spec as ContainerSpec;
  const after = (flags: FlagValues) => applyChange(before, valueOf(parse('web', flags)));

  it.each([
    ['publish', { ports: [] }],
    ['network', { networks: undefined }],
    ['net', { networks: undefined }],
    ['memory', { memoryBytes: undefined }],
    ['restart', { restart: 'always' }],
    ['read-only', { options: { 'cap-drop': ['ALL'], label: ['a=1'] } }],
    ['unit', { directives: [{ section: 'Service', name: 'LimitNOFILE', value: '1024' }] }],
    ['health-cmd', { health: { retries: 5 } }],
    ['command', { command: undefined }],
  ])('--reset %s leaves everything else', (flag, difference) => {
    expect(after({ reset: [flag] })).toEqual({ ...before, ...difference });
  });

  it('the last option and the last directive leave nothing behind', () => {
    const reset = ['read-only', 'cap-drop', 'label', 'unit', 'service'];
    expect(Object.keys(after({ reset }))).not.toContain('options');
    expect(Object.keys(after({ reset }))).not.toContain('directives');
  });

  it('an option that is given leaves the other options', () => {
    expect(after({ 'cap-drop': ['NET_RAW'] }).options).toEqual({
      'read-only': true,
      'cap-drop': ['NET_RAW'],
      label: ['a=1'],
    });
  });

  it('a directive that is given replaces its own lines only', () => {
    expect(after({ unit: ['Wants=b.service'] }).directives).toEqual([
      { section: 'Unit', name: 'Documentation', value: 'https://example.com' },
      { section: 'Service', name: 'LimitNOFILE', value: '1024' },
      { section: 'Unit', name: 'Wants', value: 'b.service' },
    ]);
  });

  it.each([
    ['host', { networkMode: 'host', networks: undefined }],
    ['frontend', { networks: [{ name: 'frontend', aliases: [] }] }],
    ['bridge', { networks: undefined }],
  ])('--network %s takes the place of every network that was', (network, difference) => {
    expect(after({ network: [network] })).toEqual({ ...before, ...difference });
  });
});
