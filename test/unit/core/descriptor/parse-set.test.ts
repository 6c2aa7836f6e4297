import { describe, expect, it } from 'vitest';
import type { FlagValues } from '../../../../src/core/descriptor/collect-changes.ts';
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
    });
  });

  it.each([
    ['', {}, 'USAGE the name is missing → gear set NAME --image IMAGE --env KEY=VALUE'],
    ['web', {}, 'USAGE nothing is given to change → gear set NAME --image IMAGE --env KEY=VALUE'],
    ['web A=1', { 'unset-env': ['A'] }, 'ENV_INVALID A is both set and unset → give one of them'],
    [
      'web',
      { 'unset-env': ['A=1'] },
      'ENV_INVALID A=… cannot be the name of a variable: systemd carries letters, digits and "_" only → write it as KEY=VALUE',
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
