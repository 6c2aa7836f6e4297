import { describe, expect, test } from 'vitest';
import { loadCompose } from '../../../../../src/core/descriptor/compose/load-compose.ts';
import { readCompose } from '../../../../../src/core/descriptor/compose/read-compose.ts';
import { valueOf } from '../expectations.ts';

/** Loads files of /srv/shop, the first ones named, and reads them. */
async function load(texts: Readonly<Record<string, string>>, named = ['compose.yaml']) {
  const files = new Map(
    Object.entries(texts).map(([name, text]) => {
      const path = `/srv/shop/${name}`;
      return [path, { path, bytes: new TextEncoder().encode(text) }] as const;
    }),
  );
  const context = {
    directory: '/srv/shop',
    environment: { TAG: '2' },
    files: { get: (path: string) => files.get(path) ?? { path, problem: 'does not exist' } },
  };
  const document = await loadCompose(
    named.flatMap((name) => files.get(`/srv/shop/${name}`) ?? []),
    context,
  );
  return document.ok ? readCompose(document.value, context) : document;
}

type Containers = Record<string, Record<string, unknown>>;

async function containersOf(...given: Parameters<typeof load>): Promise<Containers> {
  return (valueOf(await load(...given)).document.value as { containers: Containers }).containers;
}

async function failuresOf(...given: Parameters<typeof load>): Promise<readonly string[]> {
  const result = await load(...given);
  return result.ok
    ? []
    : result.failures.map(
        ({ message, place }) => `${String(place?.source)}:${String(place?.line)} ${message}`,
      );
}

describe('several files are laid over each other as Compose does', () => {
  const over = (below: string, above: string) =>
    containersOf(
      {
        'compose.yaml': `services:\n  web:\n    image: a\n    restart: always\n${below}`,
        'over.yaml': `services:\n  web:\n${above}`,
      },
      ['compose.yaml', 'over.yaml'],
    );

  test('single values are replaced, lists grow, mounts on one target are one', async () => {
    const { web } = await over(
      '    command: [a, b]\n    ports: ["80:80"]\n    volumes: ["./a:/x", "./b:/y"]\n    dns: 1.1.1.1\n',
      '    image: b:${TAG}\n    command: [c]\n    ports: ["81:81"]\n    volumes: ["./c:/x"]\n    dns: [2.2.2.2]\n',
    );
    expect(web).toMatchObject({
      image: 'b:2',
      command: ['c'],
      ports: ['80:80', '81:81'],
      volumes: ['./c:/x', './b:/y'],
      dns: ['1.1.1.1', '2.2.2.2'],
    });
  });

  test('maps merge, in whichever form they are written', async () => {
    const { web } = await over(
      '    environment: [A=1, B=x=y]\n    labels: {a: b}\n    healthcheck: {test: [CMD, a], retries: 3}\n',
      '    environment: {A: 2, C: 3}\n    labels: [c=d]\n    healthcheck: {test: [CMD, b]}\n',
    );
    expect(web).toMatchObject({
      env: { A: '2', B: 'x=y', C: '3' },
      labels: { a: 'b', c: 'd' },
      health: { cmd: ['b'], retries: '3' },
    });
  });

  test('!reset takes away, !override replaces as a whole', async () => {
    const { web } = await over(
      '    ports: ["80:80"]\n    environment: {A: 1}\n    user: root\n    labels: {a: b}\n',
      '    ports: !reset []\n    environment: !override {B: 2}\n    user: !reset null\n    labels: {a: !reset null, c: d}\n',
    );
    expect(web?.['ports']).toBeUndefined();
    expect(web?.['user']).toBeUndefined();
    expect(web?.['env']).toEqual({ B: '2' });
    expect(web?.['labels']).toEqual({ c: 'd' });
  });

  test('places lead to the file that says it', async () => {
    const failures = await failuresOf(
      {
        'compose.yaml': 'services:\n  web:\n    image: a\n',
        'over.yaml': 'services:\n  web:\n    # why\n    imge: b\n',
      },
      ['compose.yaml', 'over.yaml'],
    );
    expect(failures).toEqual(['/srv/shop/over.yaml:4 Compose has no key "imge" here']);
  });
});

describe('include', () => {
  test('adds what another file has, whose paths are relative to itself', async () => {
    const containers = await containersOf({
      'compose.yaml':
        'include: [db/compose.yaml, {path: [cache.yaml]}]\nservices:\n  web: {image: a, depends_on: [db]}\n',
      'db/compose.yaml':
        'services:\n  db: {image: "postgres:${VERSION}", volumes: ["./data:/data", "named:/n"], env_file: db.env}\nvolumes: {named: }\n',
      'db/.env': 'VERSION=17\n',
      'cache.yaml': 'services:\n  cache: {image: redis}\n',
    });
    expect(Object.keys(containers)).toEqual(['web', 'db', 'cache']);
    expect(containers['db']).toMatchObject({
      image: 'postgres:17',
      volumes: ['/srv/shop/db/data:/data', 'named:/n'],
      env_file: ['/srv/shop/db/db.env'],
    });
  });

  test('of several files is one project, with the folder and the variables that it is given', async () => {
    const containers = await containersOf({
      'compose.yaml':
        'include:\n  - path: [db/compose.yaml, over.yaml]\n    project_directory: data\n    env_file: [one.env, two.env]\nservices: {}\n',
      'db/compose.yaml': 'services:\n  db: {image: "postgres:${VERSION}", volumes: ["./files:/files"]}\n',
      'over.yaml': 'services:\n  db: {environment: {TAG: "$TAG", A: "$A"}}\n',
      'one.env': 'VERSION=16\nA=one\nTAG=file\n',
      'two.env': 'VERSION=17\n',
      'data/.env': 'VERSION=1\n',
    });
    expect(containers).toEqual({
      db: expect.objectContaining({
        image: 'postgres:17',
        volumes: ['/srv/shop/data/files:/files'],
        env: { TAG: '2', A: 'one' },
      }) as unknown,
    });
  });

  test('of a file that is not there, in a circle, and of what is there already is refused', async () => {
    expect(await failuresOf({ 'compose.yaml': 'include:\n  - none.yaml\n' })).toContain(
      '/srv/shop/compose.yaml:2 the file "/srv/shop/none.yaml" does not exist',
    );
    expect(
      await failuresOf({ 'compose.yaml': 'include: [b.yaml]\n', 'b.yaml': 'include: [compose.yaml]\n' }),
    ).toEqual(['/srv/shop/b.yaml:1 "/srv/shop/compose.yaml" includes itself, by way of other files']);
    expect(
      await failuresOf({
        'compose.yaml': 'include: [b.yaml]\nservices: {web: {image: a}}\n',
        'b.yaml': 'services: {web: {image: b}}\n',
      }),
    ).toEqual(['/srv/shop/compose.yaml:1 services.web is in this file and in the included one, and differs']);
  });
});

describe('extends of another file', () => {
  test('takes over what the service there says, with what that extends in turn', async () => {
    const containers = await containersOf({
      'compose.yaml':
        'services:\n  web:\n    extends: {file: base/common.yaml, service: web}\n    environment: {B: 2}\n',
      'base/common.yaml':
        'services:\n  web: {extends: base, image: a, volumes: ["./html:/html"]}\n  base: {environment: {A: 1}, restart: always}\n',
    });
    expect(containers).toEqual({
      web: expect.objectContaining({
        image: 'a',
        env: { A: '1', B: '2' },
        restart: 'always',
        volumes: ['/srv/shop/base/html:/html'],
      }) as unknown,
    });
  });

  test('of a service that is not there, or in a circle, is refused', async () => {
    expect(
      await failuresOf({
        'compose.yaml': 'services:\n  web:\n    extends: {file: b.yaml, service: none}\n',
        'b.yaml': 'services: {web: {image: a}}\n',
      }),
    ).toEqual(['/srv/shop/compose.yaml:3 there is no service "none" in b.yaml']);
    expect(
      await failuresOf({
        'compose.yaml': 'services: {web: {extends: {file: b.yaml, service: web}}}\n',
        'b.yaml': 'services: {web: {extends: {file: compose.yaml, service: web}}}\n',
      }),
    ).toEqual(['/srv/shop/b.yaml:1 "web" extends a service of compose.yaml, which leads back here']);
  });
});
