import { describe, expect, it } from 'vitest';
import { createArguments, runArguments } from '../../../../src/core/render/engine-arguments.ts';
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
