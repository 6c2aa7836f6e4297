import { describe, expect, it } from 'vitest';
import { runFlagAdvice } from '../../../../../src/core/descriptor/docker-run/advice.ts';
import { mergeRunLine } from '../../../../../src/core/descriptor/docker-run/merge-run.ts';
import { readRunLine } from '../../../../../src/core/descriptor/docker-run/read-run.ts';
import { runFlags } from '../../../../../src/core/descriptor/docker-run/run-flags.ts';
import { installFlags } from '../../../../../src/core/descriptor/install-flags.ts';
import { failuresOf, valueOf } from '../expectations.ts';

const read = (line: string) => valueOf(readRunLine(line));
const refusals = (line: string) =>
  failuresOf(readRunLine(line)).map(({ message, next, place }) => `${place?.column}: ${message} → ${next}`);

describe('a line of docker run', () => {
  it('has an image, flags and a command', () => {
    expect(read("docker run -d -p 80:80 --name web -e 'A=b c' nginx:1.27 nginx -g 'daemon off;'")).toEqual({
      engine: 'docker',
      image: 'nginx:1.27',
      command: ['nginx', '-g', 'daemon off;'],
      flags: { publish: ['80:80'], env: ['A=b c'] },
      name: 'web',
      leftOut: ['--detach is left out: systemd runs containers in the background'],
    });
  });

  it.each([
    ['docker run nginx', 'docker'],
    ['sudo docker run nginx', 'docker'],
    ['docker container run nginx', 'docker'],
    ['/usr/bin/podman run nginx', 'podman'],
    ['sudo podman container run nginx', 'podman'],
  ])('begins as people type it: %s', (line, engine) => {
    expect(read(line)).toMatchObject({ engine, image: 'nginx' });
  });

  it.each([
    ['-p80:80', { publish: ['80:80'] }],
    ['-p=80:80', { publish: ['80:80'] }],
    ['--publish=80:80 -p 81:81', { publish: ['80:80', '81:81'] }],
    ['-dit', {}],
    ['-itp 80:80', { publish: ['80:80'] }],
    ['-d=false', {}],
    ['--init', { init: true }],
    ['--init=false', {}],
    ['--init=true --read-only', { init: true, 'read-only': true }],
    ['-m 1g -m 2g', { memory: '2g' }],
    [
      '-h web -w /srv -u 1000 -l a=b -c 512 -v d:/d',
      {
        hostname: 'web',
        workdir: '/srv',
        user: '1000',
        label: ['a=b'],
        'cpu-shares': '512',
        volume: ['d:/d'],
      },
    ],
    [
      '--net host --net-alias a --dns-opt ndots:1',
      { network: ['host'], 'network-alias': ['a'], 'dns-option': ['ndots:1'] },
    ],
    ['--cgroup-parent batch.slice', { slice: 'batch.slice' }],
    ['--env= -e A', { env: ['', 'A'] }],
    ['--', {}],
  ])('takes flags apart as docker does: %s', (flags, expected) => {
    expect(read(`docker run ${flags} nginx`)).toMatchObject({ image: 'nginx', flags: expected });
    expect(Object.keys(read(`docker run ${flags} nginx`).flags)).toEqual(
      expect.arrayContaining(Object.keys(expected)),
    );
  });

  it('leaves flags after the image to the command', () => {
    expect(read('docker run nginx -d --privileged')).toMatchObject({
      flags: {},
      command: ['-d', '--privileged'],
    });
  });

  it.each([
    [
      'docker ps',
      ["1: this is no line of docker run → gear install --from-run 'docker run -d -p 80:80 nginx' web"],
    ],
    ['', ["1: this is no line of docker run → gear install --from-run 'docker run -d -p 80:80 nginx' web"]],
    ['docker run', ['8: the line names no image → write it after the flags']],
    ['docker run -p', ['12: "-p" has no value → give it one']],
    [
      'docker run --memroy 1g nginx',
      ['12: "--memroy" is no flag of docker run that gear knows → did you mean --memory?'],
    ],
    ['docker run -dz nginx', ['12: "-z" is no flag of docker run that gear knows → docker run --help']],
    [
      'docker run --unit A=b nginx',
      ['12: "--unit" is no flag of docker run that gear knows → did you mean --init?'],
    ],
    [
      'docker run -P --link db nginx',
      [
        '12: gear does not take --publish-all → name the ports: --publish HOST:CONTAINER',
        '15: gear does not take --link → put both on one network: --network NAME --network-alias ALIAS',
      ],
    ],
    [
      'docker run --init=maybe nginx',
      ['12: --init is a switch, and "maybe" is neither true nor false → write --init'],
    ],
    ['docker run --pull often nginx', ['12: "often" is no way to pull → use missing, always or never']],
  ])('is refused with its column: %j', (line, expected) => {
    expect(refusals(line)).toEqual(expected);
  });

  it('shows no value of a variable when it is refused', () => {
    for (const line of [
      'docker run --evn A=hunter2 nginx',
      'docker run -e A=hunter2 --link x nginx',
      'docker run -e "A=hunter2$" x',
    ])
      expect(JSON.stringify(failuresOf(readRunLine(line)))).not.toContain('hunter2');
  });
});

describe('the table of docker run', () => {
  it('says of each flag what becomes of it, and repeats none of install', () => {
    const own = new Set(installFlags.filter(({ group }) => group !== 'SYSTEMD').map(({ name }) => name));
    for (const [name, { to, leftOut, instead }] of Object.entries(runFlags)) {
      expect(
        [to, leftOut, instead].filter((each) => each !== undefined),
        name,
      ).toHaveLength(1);
      expect(own, name).not.toContain(name);
    }
  });

  it.each([
    ['-d', 'leave it out: systemd runs containers in the background'],
    ['-it', 'leave it out: nobody is at a terminal of a unit'],
    ['--rm=true', 'leave it out: gear rm removes a container'],
    ['--name=web', 'put the name after the image: gear install IMAGE NAME'],
    ['-P', 'name the ports: --publish HOST:CONTAINER'],
    ['--health-start-interval', 'leave it out: until it is ready gear checks every half second'],
    ['--nonsense', undefined],
    ['-', undefined],
    ['--constructor', undefined],
  ])('advises whoever types %s to install', (flag, advice) => {
    expect(runFlagAdvice(flag)).toBe(advice);
  });
});

describe('what is given beside the line', () => {
  const run = read('docker run --name old -p 80:80 -m 1g --read-only nginx sleep 1');
  const merge = (words: string[], flags = {}, command?: string[]) =>
    mergeRunLine(command === undefined ? { words, flags } : { words, flags, command }, run);

  it('names it, or --name does', () => {
    expect(merge(['web', 'A=1']).words).toEqual(['nginx', 'web', 'A=1']);
    expect(merge(['A=1']).words).toEqual(['nginx', 'old', 'A=1']);
  });

  it('adds to lists and holds for the rest', () => {
    expect(merge(['web'], { publish: ['81:81'], memory: '2g', user: 'a' }).flags).toEqual({
      publish: ['80:80', '81:81'],
      memory: '2g',
      user: 'a',
      'read-only': true,
    });
    expect(merge(['web']).command).toEqual(['sleep', '1']);
    expect(merge(['web'], {}, ['true']).command).toEqual(['true']);
  });
});
