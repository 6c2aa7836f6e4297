import { describe, expect, it } from 'vitest';
import { createArguments, runArguments } from '../../../../src/core/render/engine-arguments.ts';
import { connectArguments } from '../../../../src/core/render/network-arguments.ts';
import { unsupportedOptions } from '../../../../src/core/render/option-arguments.ts';
import { runOptions } from '../../../../src/core/model/run-options.ts';
import { makeInstance, type InstanceParts } from '../../../support/instance.ts';

const docker = (parts: InstanceParts) => createArguments(makeInstance(parts));
const podman = (parts: InstanceParts) => runArguments(makeInstance({ ...parts, engine: 'podman' }));

/** The values that follow an option. */
function after(words: readonly string[], option: string): readonly string[] {
  return words.flatMap((word, at) => (word === option ? [words[at + 1] ?? ''] : []));
}

describe('both engines', () => {
  it.each([docker, podman])('get the image by ID, never a pull, and then the command', (make) => {
    const words = make({ spec: { command: ['--serve', 'x'] } });
    expect(words).toContain('--pull=never');
    expect(words.slice(-3)).toEqual([makeInstance().image.id, '--serve', 'x']);
  });

  it.each([docker, podman])('get the labels that tell what is whose', (make) => {
    const words = make({ name: 'shop.web', app: 'shop', hash: 'abc' });
    expect(after(words, '--label')).toEqual(['gear.owner=shop', 'gear.name=shop.web', 'gear.hash=abc']);
  });

  it.each([docker, podman])('get names of the environment, never values', (make) => {
    const words = make({ environmentKeys: ['A', 'PATH', 'B'], environmentFile: 'f00' });
    expect(after(words, '--env')).toEqual(['A', 'B']);
    expect(after(words, '--env-file')).toEqual(['/etc/gear/files/f00.raw']);
  });

  it.each([docker, podman])('get volumes of gear whole, whatever is in the path', (make) => {
    const words = make({ ownedVolumes: [{ name: 'v', target: '/a,"b"' }] });
    expect(after(words, '--mount')[0]).toContain('type=volume,source=v,"target=/a,""b"""');
  });

  it.each([docker, podman])('are told of no check where there is none', (make) => {
    expect(make({})).toContain('--no-healthcheck');
  });
});

describe('the health check', () => {
  const times = { intervalMs: 5_000, timeoutMs: 1_000, retries: 2, startPeriodMs: 0 };
  const line = ['/bin/sh', '-c', 'a && b'];
  const argv = ['a', "it's"];

  it('is a line for Docker, quoted into one where it is none', () => {
    const show = (command: readonly string[]) =>
      after(docker({ check: { command, ...times }, spec: { health: { command } } }), '--health-cmd');
    expect(show(line)).toEqual(['a && b']);
    expect(show(argv)).toEqual([`a 'it'\\''s'`]);
  });

  it('is left to the image for Docker where the image gave it: there may be no shell', () => {
    const words = docker({ check: { command: argv, ...times }, spec: { health: { intervalMs: 5_000 } } });
    expect(after(words, '--health-cmd')).toEqual([]);
    expect(after(words, '--health-interval')).toEqual(['5000ms']);
  });

  it('is JSON for Podman, which splits an array again that begins with CMD', () => {
    const show = (command: readonly string[]) =>
      after(podman({ check: { command, ...times }, spec: { health: { command } } }), '--health-cmd');
    expect(show(line)).toEqual(['["CMD-SHELL","a && b"]']);
    expect(show(argv)).toEqual([`["a","it's"]`]);
    expect(show(['none', 'b c'])).toEqual([`["CMD-SHELL","none 'b c'"]`]);
    expect(show(['/one word'])).toEqual([`["CMD-SHELL","'/one word'"]`]);
  });

  it('is left to the image for Podman where all of it is of the image', () => {
    expect(podman({ check: { command: argv, ...times } }).join(' ')).not.toContain('health');
  });
});

describe('the entrypoint', () => {
  it.each([docker, podman])(
    'is one word for the engine; the rest is the beginning of the command',
    (make) => {
      const words = make({ spec: { entrypoint: ['/tini', '--', 'a'], command: ['b'] } });
      expect(after(words, '--entrypoint')).toEqual(['/tini']);
      expect(words.slice(-4)).toEqual([makeInstance().image.id, '--', 'a', 'b']);
    },
  );

  it.each([docker, podman])('is taken away by an empty one', (make) => {
    expect(after(make({ spec: { entrypoint: [] } }), '--entrypoint')).toEqual(['']);
  });
});

describe('networks', () => {
  const networks = [
    { name: 'front', aliases: ['web', 'www'], ip: '10.0.0.2' },
    { name: 'back', aliases: [], ip6: 'fd00::2' },
  ];

  it('Docker gets the first with the container; what joins each of them is a command of its own', () => {
    const instance = makeInstance({ spec: { networks } });
    expect(after(createArguments(instance), '--network')).toEqual(['front']);
    expect(after(createArguments(instance), '--network-alias')).toEqual(['web', 'www']);
    expect(connectArguments(instance).map(({ network, words }) => [network, words.join(' ')])).toEqual([
      ['front', 'network connect --alias web --alias www --ip 10.0.0.2 front ctr-web.0123456789ab'],
      ['back', 'network connect --ip6 fd00::2 back ctr-web.0123456789ab'],
    ]);
  });

  it('Podman gets all of them at once', () => {
    expect(after(podman({ spec: { networks } }), '--network')).toEqual([
      ...['front:alias=web,alias=www,ip=10.0.0.2', 'back:ip6=fd00::2'],
    ]);
  });

  it.each([docker, podman])('a mode stands for itself', (make) => {
    expect(after(make({ spec: { networkMode: 'host' } }), '--network')).toEqual(['host']);
  });
});

describe('options of the table', () => {
  it.each([docker, podman])('are all handed on, as often as they stand', (make) => {
    const apart = new Set(['log-driver', 'log-opt', 'cgroup-parent']);
    for (const { flag, kind, example } of runOptions.filter((option) => !apart.has(option.flag))) {
      const value = kind === 'switch' ? true : kind === 'list' ? [example, `${example}2`] : example;
      const words = make({ spec: { options: { [flag]: value } } });
      expect(words).toContain(`--${flag}`);
      if (kind === 'list')
        expect(after(words, `--${flag}`)).toEqual(expect.arrayContaining([example, `${example}2`]));
      if (kind === 'value') expect(after(words, `--${flag}`)).toContain(example);
    }
  });

  it('are told apart by engine', () => {
    const only = { engine: 'podman', reason: 'Docker has no such thing' } as const;
    const [first] = runOptions;
    const table = first === undefined ? [] : [{ ...first, only }];
    expect(unsupportedOptions({ hostname: 'x' }, 'docker', table)).toEqual([
      { flag: 'hostname', reason: only.reason },
    ]);
    expect(unsupportedOptions({ hostname: 'x' }, 'podman', table)).toEqual([]);
  });

  it.each([docker, podman])("a log driver of the user's replaces all of gear's logging", (make) => {
    const words = make({ spec: { options: { 'log-driver': 'json-file', 'log-opt': ['max-size=1m'] } } });
    expect([after(words, '--log-driver'), after(words, '--log-opt')]).toEqual([
      ['json-file'],
      ['max-size=1m'],
    ]);
  });

  it("a slice of the user's replaces the app's", () => {
    const options = { 'cgroup-parent': 'batch.slice' };
    expect(after(docker({ spec: { options } }), '--cgroup-parent')).toEqual(['batch.slice']);
    expect(after(podman({ spec: { options } }), '--cgroup-parent')).toEqual([]);
  });
});
