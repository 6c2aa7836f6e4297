import { describe, expect, it } from 'vitest';
import type { FlagValues } from '../../../../src/core/descriptor/collect-changes.ts';
import { installFlags } from '../../../../src/core/descriptor/install-flags.ts';
import { parseInstall } from '../../../../src/core/descriptor/parse-install.ts';
import { runOptions } from '../../../../src/core/model/run-options.ts';
import { failuresOf, refusalOf, valueOf } from './expectations.ts';

const surroundings = {
  environment: { TOKEN: 'from-shell' },
  directory: '/root',
  files: { 'web.env': { text: 'A=file\nB=file' } },
};

function parse(words: string, flags: FlagValues = {}, command?: readonly string[]) {
  const line = { words: words.split(' ').filter((word) => word !== ''), flags };
  return parseInstall(command === undefined ? line : { ...line, command }, surroundings);
}

/** What excludes others of the table; test/golden/flags.test.ts has each alone. */
const contrary = new Set(['super', 'no-healthcheck', 'job', 'privileged', 'uts', 'cpu-quota', 'cpu-period']);

describe('gear install', () => {
  it('makes one container of an image and a name, with the defaults', () => {
    expect(valueOf(parse('nginx:1.27 web'))).toEqual([
      {
        app: 'web',
        container: 'web',
        spec: {
          image: 'nginx:1.27',
          ports: [],
          mounts: [],
          restart: 'always',
          stopTimeoutMs: 10_000,
          after: [],
          requires: [],
        },
        environment: {},
      },
    ]);
  });

  it('makes several apps of several names, and shares the variables', () => {
    const requests = valueOf(parse('busybox one two A=1 three', {}, ['sleep', '60']));
    expect(requests.map(({ app }) => app)).toEqual(['one', 'two', 'three']);
    for (const { environment, spec } of requests) {
      expect(environment).toEqual({ A: '1' });
      expect(spec.command).toEqual(['sleep', '60']);
    }
  });

  it('reads every flag of the table', () => {
    const flags = Object.fromEntries(
      installFlags
        .filter(({ name }) => !contrary.has(name))
        .map(({ name, repeatable, example }) => [name, repeatable ? [example] : example]),
    );
    const [request] = valueOf(parse('nginx web', flags));
    expect(Object.keys(request?.spec.options ?? {}).toSorted()).toEqual(
      runOptions
        .map(({ flag }) => flag)
        .filter((flag) => !contrary.has(flag))
        .toSorted(),
    );
    expect(request?.spec).toMatchObject({
      image: 'nginx',
      ports: [{ hostIp: '', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
      mounts: [
        { kind: 'volume', source: 'data', target: '/var/lib/data', options: [] },
        { kind: 'volume', source: 'cache', target: '/var/cache', options: [] },
      ],
      tmpfs: [{ target: '/run', options: ['size=64m'] }],
      networks: [{ name: 'backend', aliases: ['db'], ip: '10.89.0.5', ip6: 'fd00::5' }],
      restart: 'on-failure',
      restartDelay: { firstMs: 5000, longestMs: 120_000 },
      memoryBytes: 512 * 1024 ** 2,
      cpus: 1.5,
      user: '1000:1000',
      health: {
        command: ['/bin/sh', '-c', 'wget -qO- http://127.0.0.1/'],
        intervalMs: 10_000,
        timeoutMs: 5000,
        retries: 3,
        startPeriodMs: 90_000,
      },
      stopTimeoutMs: 30_000,
      after: ['db'],
      requires: ['srv-data.mount'],
    });
    expect(request?.environment).toEqual({ A: 'file', B: 'file', MODE: 'production' });
  });

  it('lets a variable of a flag win over a file, and one beside the name over both', () => {
    const [request] = valueOf(
      parse('nginx web B=word', { 'env-file': ['web.env'], env: ['A=flag', 'B=flag', 'TOKEN'] }),
    );
    expect(request?.environment).toEqual({ A: 'flag', B: 'word', TOKEN: 'from-shell' });
  });

  it('keeps quotes, $, %, backslashes, newlines and "=" of a value', () => {
    const hostile = `"' $HOME %i \\n\n=x`;
    const [request] = valueOf(parse('nginx web', { env: [`A=${hostile}`] }));
    expect(request?.environment).toEqual({ A: hostile });
  });

  it('takes a value of 100 KB, and refuses one that no process could be started with', () => {
    expect(
      valueOf(parse('nginx web', { env: [`A=${'x'.repeat(100_000)}`] }))[0]?.environment['A'],
    ).toHaveLength(100_000);
    expect(refusalOf(parse('nginx web', { env: [`A=${'x'.repeat(131_072)}`] }))).toMatch(
      'longer than 128 KiB',
    );
  });

  it('tells all that is wrong at once, each with its argument', () => {
    const failures = failuresOf(
      parse('my^image ..ab Web 1KEY=hunter2', {
        publish: ['99999:80', '80:80'],
        volume: ['/data'],
        env: ['MISSING', 'bad key=hunter2', 'x:hunter2'],
        restart: 'sometimes',
      }),
    );
    expect(failures.map(({ code, place }) => `${code} ${place?.text ?? ''}`)).toEqual([
      'IMAGE_REFERENCE my^image',
      'NAME_INVALID ..ab',
      'NAME_INVALID Web',
      'VALUE_INVALID --publish 99999:80',
      'VALUE_INVALID --volume /data',
      'ENV_INVALID --env MISSING',
      'ENV_INVALID --env bad…',
      'ENV_INVALID --env x…',
      'VALUE_INVALID --restart sometimes',
      'ENV_INVALID 1KEY=…',
    ]);
    expect(JSON.stringify(failures)).not.toContain('hunter2');
  });

  it.each([
    ['', {}, undefined, 'USAGE the image and the name are missing → gear install nginx:1.27 web'],
    [
      'A=hunter2 web',
      {},
      undefined,
      'USAGE the image and the name are missing → gear install nginx:1.27 web',
    ],
    [
      'example.com/shop/nginx:1.27',
      {},
      undefined,
      'USAGE the name is missing → gear install example.com/shop/nginx:1.27 nginx',
    ],
    ['nginx A=1', {}, undefined, 'USAGE the name is missing → gear install nginx nginx'],
    ['nginx web', {}, [], 'USAGE nothing stands after "--" → gear install nginx web -- CMD'],
    [
      'web nginx:1.27',
      {},
      undefined,
      'NAME_INVALID the name "nginx:1.27" looks like an image → the image comes first, then the names: gear install IMAGE NAME',
    ],
    [
      'nginx web web',
      {},
      undefined,
      'NAME_INVALID the name "web" is given twice → give each container a name of its own',
    ],
    [
      'nginx a b',
      { publish: ['80:80'] },
      undefined,
      'PORT_TAKEN a and b would both take host port 80/tcp → install them one by one, each with ports of its own; a command for the container stands after --',
    ],
    [
      'nginx web',
      { publish: ['80:80', '127.0.0.1:80:81'] },
      undefined,
      'PORT_TAKEN host port 80/tcp is given twice → take one of them away: 80:80/tcp is the other',
    ],
    [
      'nginx web',
      { volume: ['one:/d', 'two:/d/'] },
      undefined,
      'VALUE_INVALID two volumes are mounted on "/d" → take one of them away',
    ],
    [
      'nginx web',
      { after: ['web'] },
      undefined,
      'VALUE_INVALID "web" cannot wait for itself → install it in a command of its own',
    ],
    [
      'nginx web',
      { 'no-healthcheck': true, 'health-retries': '3' },
      undefined,
      'VALUE_INVALID --no-healthcheck and the other health flags exclude each other → take --no-healthcheck away to have a check',
    ],
    [
      'nginx web',
      { 'env-file': ['no.env'] },
      undefined,
      'ENV_FILE_UNREADABLE the file "no.env" was not read → give a file of KEY=VALUE lines',
    ],
    [
      'nginx web',
      { env: ['LOST'] },
      undefined,
      'ENV_INVALID "LOST" has no value in this shell → write LOST=VALUE, or export it first (under sudo: sudo --preserve-env=LOST)',
    ],
  ] as const)('refuses %j %j', (words, flags, command, refusal) => {
    expect(refusalOf(parse(words, flags, command))).toBe(refusal);
  });
});
