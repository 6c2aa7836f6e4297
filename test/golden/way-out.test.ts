import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readApps } from '../../src/cli/read-apps.ts';
import { readCompose } from '../../src/core/descriptor/compose/read-compose.ts';
import { writeCompose } from '../../src/core/descriptor/compose/write-compose.ts';
import { nativeApp } from '../../src/core/descriptor/export/native-app.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import { readDocument } from '../../src/core/descriptor/text/read-document.ts';
import type { AppRequest } from '../../src/core/model/app.ts';
import { readKubernetes } from '../../src/core/descriptor/kubernetes/read-kubernetes.ts';
import { readManifests } from '../../src/core/descriptor/kubernetes/read-manifests.ts';
import { writeKubernetes } from '../../src/core/descriptor/kubernetes/write-kubernetes.ts';
import { writeQuadlet } from '../../src/core/descriptor/quadlet/write-quadlet.ts';
import { quadletOf } from '../support/quadlet.ts';
import { valueOf } from '../unit/core/descriptor/expectations.ts';

const root = path.join(import.meta.dirname, 'stacks');
const context = { directory: root, environment: {}, files: new Map() };
const options = { showEnv: true, fileSource: () => '/x' };

async function stackOf(name: string): Promise<AppRequest> {
  const { apps, failures } = await readApps({ paths: [path.join(root, name)], overlays: [] });
  const [app] = apps;
  if (app === undefined) throw new Error(failures.map(({ message }) => message).join('; '));
  return app;
}

/** Every key of every container as a native descriptor has it, but for those of which something is told. */
function untold(app: AppRequest, losses: readonly { readonly key: string }[]) {
  const { containers = {} } = nativeApp(app, options).value as {
    readonly containers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  };
  const isTold = (key: string) => losses.some((loss) => loss.key === key || loss.key.startsWith(`${key}.`));
  return Object.entries(containers).flatMap(([name, keys]) =>
    Object.entries(keys)
      // Whatever is required comes first as well.
      .filter(([key, value]) => key !== 'after' || JSON.stringify(value) !== JSON.stringify(keys['requires']))
      .map(([key, value]) => [`${name}.${key}`, value] as const)
      .filter(([key]) => !isTold(key) && !(key.endsWith('.after') && isTold(`${name}.requires`))),
  );
}

const namesOf = ({ containers }: AppRequest) => containers.map(({ container }) => container);

/** What is declared without being used says nothing of what runs. */
const running = ({ containers, networks, app }: AppRequest) => ({ app, containers, networks });

const stacks = (await readdir(root)).toSorted();

describe.each(stacks)('%s', (name) => {
  test('means the same as a Compose file, or says where it does not', async () => {
    const app = await stackOf(name);
    const { text, losses } = writeCompose(nativeApp(app, options).value);
    const bytes = new TextEncoder().encode(text);
    const document = valueOf(await readDocument([{ path: 'compose.yaml', bytes }], { variables: {} }));
    const back = valueOf(readNative(valueOf(readCompose(document, context)).document, context));
    if (losses.length === 0) expect(running(back)).toEqual(running(app));
    else expect(losses.map(({ key, verdict, words }) => `${key}: ${verdict}: ${words}`)).toMatchSnapshot();
    expect(untold(back, losses)).toEqual(untold(app, losses));
  });

  test('means the same as Quadlet files, or says where it does not', async () => {
    const app = await stackOf(name);
    const { files, losses } = writeQuadlet(nativeApp(app, options).value);
    const back = valueOf(
      readNative(valueOf(quadletOf(files, { folder: `/srv/${app.app}` })).document, context),
    );
    if (losses.length === 0) expect(containersOf(back)).toEqual(containersOf(app));
    else expect(losses.map(({ key, verdict, words }) => `${key}: ${verdict}: ${words}`)).toMatchSnapshot();
    expect(untold({ ...back, containers: containersOf(back) }, losses)).toEqual(
      untold({ ...app, containers: containersOf(app) }, losses),
    );
  });
});

describe('as manifests of Kubernetes', () => {
  test.each(stacks)('%s can be read again, and what is lost is told', async (name) => {
    const app = await stackOf(name);
    const { text, losses } = writeKubernetes(nativeApp(app, options).value);
    const file = { path: '/srv/x.yaml', bytes: new TextEncoder().encode(text) };
    const documents = valueOf(await readManifests([file]));
    const back = valueOf(readNative(valueOf(readKubernetes(documents, app.app, context)).document, context));
    expect(losses.map(({ key, verdict, words }) => `${key}: ${verdict}: ${words}`)).toMatchSnapshot();
    const called = losses.flatMap(({ words }) => /again calls it (.*)$/.exec(words)?.[1] ?? []);
    const before = losses.flatMap(({ key, words }) => (words.includes('again calls it') ? [key] : []));
    expect(untold(asInManifests(back, called), losses)).toEqual(untold(asInManifests(app, before), losses));
    expect(namesOf(back)).toEqual(
      expect.arrayContaining([...called, ...namesOf(app).filter((each) => !before.includes(each))]),
    );
  });
});

test('a label of the container stays, and pods are chosen by another which no two share', async () => {
  const text = `name: shop
containers:
  one: {image: db:1, labels: {app: redis}}
  two: {image: db:1, labels: {app: redis, app.kubernetes.io/instance: x}}
  three: {image: db:1, labels: {app: three}}
`;
  const bytes = new TextEncoder().encode(text);
  const document = valueOf(await readDocument([{ path: 'gear.yaml', bytes }], { variables: {} }));
  const { text: written } = writeKubernetes(nativeApp(valueOf(readNative(document, context)), options).value);
  expect([...written.matchAll(/matchLabels:\n\s*(.*)/g)].map(([, label]) => label)).toEqual([
    'app.kubernetes.io/instance: one',
    'app: three',
    'gear.local/pod: two',
  ]);
  const documents = valueOf(
    await readManifests([{ path: 'all.yaml', bytes: new TextEncoder().encode(written) }]),
  );
  const again = valueOf(readKubernetes(documents, 'shop', context));
  expect(again.document.value).toMatchObject({
    containers: {
      one: { labels: { app: 'redis', 'app.kubernetes.io/instance': 'one' } },
      two: { labels: { app: 'redis', 'app.kubernetes.io/instance': 'x', 'gear.local/pod': 'two' } },
      three: { labels: { app: 'three' } },
    },
  });
});

test('the name that the engine gives a container goes along through Compose and Quadlet', async () => {
  const text = `name: shop
containers:
  web: {image: web:1, container_name: my-front, networks: {default: {aliases: [www]}}}
  side: {image: web:1, container_name: my-side, network_mode: bridge}
`;
  const bytes = new TextEncoder().encode(text);
  const document = valueOf(await readDocument([{ path: 'gear.yaml', bytes }], { variables: {} }));
  const app = valueOf(readNative(document, context));
  const compose = writeCompose(nativeApp(app, options).value);
  const read = valueOf(
    await readDocument([{ path: 'compose.yaml', bytes: new TextEncoder().encode(compose.text) }], {
      variables: {},
    }),
  );
  const quadlet = writeQuadlet(nativeApp(app, options).value);
  expect([compose.losses, quadlet.losses]).toEqual([[], []]);
  expect(compose.text).toContain('container_name: my-front');
  expect(Object.values(quadlet.files).join('')).toContain('ContainerName=my-front');
  for (const back of [
    valueOf(readNative(valueOf(readCompose(read, context)).document, context)),
    valueOf(readNative(valueOf(quadletOf(quadlet.files, { folder: '/srv/shop' })).document, context)),
  ])
    expect(namesIn(back)).toEqual(namesIn(app));
});

test('what manifests can say means the same when it is read again', async () => {
  const text = `name: shop
containers:
  web:
    image: web:1
    command: [serve, --port, "80"]
    entrypoint: [/entry]
    ports: ["127.0.0.1:8080:80", "53:53/udp"]
    env: {A: "1", B: "$$(X) costs $$5"}
    volumes: ["/srv/a:/a:ro"]
    files: [{content: "x = 1\\n", target: /etc/web.conf}]
    memory: 256m
    cpus: 0.5
    user: "1000:1000"
    cap_drop: [ALL]
    read_only: true
    working_dir: /a
    health: {cmd: [check], interval: 5s, timeout: 2s, retries: 2}
  copies: {image: web:1, count: 2}
  migrate: {image: web:1, job: true}
  worker: {image: web:1, restart: on-failure, network_mode: host}
`;
  const bytes = new TextEncoder().encode(text);
  const document = valueOf(await readDocument([{ path: 'gear.yaml', bytes }], { variables: {} }));
  const app = valueOf(readNative(document, context));
  const written = writeKubernetes(nativeApp(app, options).value);
  expect(written.losses).toEqual([]);
  const file = { path: '/srv/x.yaml', bytes: new TextEncoder().encode(written.text) };
  const read = valueOf(readKubernetes(valueOf(await readManifests([file])), 'shop', context));
  const back = valueOf(readNative(read.document, context));
  expect(back.containers.toSorted(byName).map(meaning)).toEqual(app.containers.toSorted(byName).map(meaning));
});

/** What the engines do where a check says nothing. */
const usualCheck = { intervalMs: 30_000, timeoutMs: 30_000, retries: 3 };

/** An app with what manifests leave to the cluster, the label that they add and what holds anyway said likewise. */
function asInManifests(app: AppRequest, renamed: readonly string[]): AppRequest {
  const containers = app.containers
    .filter(({ container }) => !renamed.includes(container))
    .toSorted(byName)
    .map((request) => {
      const { networks: _, options: given, health, ...rest } = request.spec;
      const { label = [], ...others } = (given ?? {}) as Readonly<Record<string, readonly string[]>>;
      const labels = label.filter((each) => !/^app(\.kubernetes\.io\/instance)?=/.test(each));
      const checked = health?.command === undefined ? health : { ...usualCheck, ...health };
      const options = { ...others, ...(labels.length === 0 ? {} : { label: labels }) };
      return {
        ...request,
        spec: {
          ...rest,
          ...(checked === undefined ? {} : { health: checked }),
          ...(Object.keys(options).length === 0 ? {} : { options }),
        },
      };
    });
  return { ...app, containers };
}

/** What a manifest says of a container: networks are the cluster's, and a label is added. */
function meaning({ container, spec, environment }: AppRequest['containers'][number]) {
  const { networks: _, options: given, ...rest } = spec;
  const { label = [], ...others } = (given ?? {}) as Readonly<Record<string, readonly string[]>>;
  const labels = label.filter((each) => !each.startsWith('app='));
  return { container, environment, spec: rest, options: { ...others, labels } };
}

/** What each container is called by the engine, and on its networks. */
function namesIn(app: AppRequest) {
  return containersOf(app)
    .toSorted(byName)
    .map(({ container, spec: { containerName, networks } }) => ({ container, containerName, networks }));
}

function byName(a: { readonly container: string }, b: { readonly container: string }): number {
  return a.container < b.container ? -1 : 1;
}

/** Quadlet gives each container a further name on its networks, which nobody has to use. */
function containersOf({ containers }: AppRequest) {
  return containers.map(({ spec: { networks, ...spec }, ...request }) => ({
    ...request,
    spec: {
      ...spec,
      ...(networks === undefined
        ? {}
        : {
            networks: networks.map((use) => ({
              ...use,
              aliases: use.aliases.filter((alias) => !alias.startsWith('systemd-')),
            })),
          }),
    },
  }));
}

const shared = `name: shop
containers:
  shop-web: {image: web:1}
  shop-log: {image: log:1, network_mode: "container:shop-web", restart: "no"}
  vpn: {image: vpn:1}
  torrent: {image: bt:1, network_mode: "container:vpn", stop_timeout: 1m}
  my_db: {image: db:1}
`;

test('containers of a pod keep their names as manifests, or it is told what they become, once', async () => {
  const bytes = new TextEncoder().encode(shared);
  const document = valueOf(await readDocument([{ path: 'gear.yaml', bytes }], { variables: {} }));
  const app = valueOf(readNative(document, context));
  const once = writeKubernetes(nativeApp(app, options).value);
  expect(once.losses.map(({ key, words }) => `${key}: ${words}`).toSorted()).toEqual(
    [
      'shop-log.restart: the pod says it for all: Always',
      'my_db: whoever reads it again calls it my-db',
      'vpn: whoever reads it again calls it vpn-vpn',
      'torrent: whoever reads it again calls it vpn-torrent',
      'torrent.stop_timeout: the pod says it for all: 10s',
    ].toSorted(),
  );
  const first = await readAgain(once.text);
  expect(namesOf(first).toSorted()).toEqual(['my-db', 'shop-log', 'shop-web', 'vpn-torrent', 'vpn-vpn']);
  const twice = writeKubernetes(nativeApp(first, options).value);
  expect(twice.losses).toEqual([]);
  expect(namesOf(await readAgain(twice.text)).toSorted()).toEqual(namesOf(first).toSorted());
});

test('two containers that are one as manifests are told', async () => {
  const text = 'name: shop\ncontainers:\n  a_b: {image: web:1}\n  a-b: {image: db:1}\n';
  const bytes = new TextEncoder().encode(text);
  const document = valueOf(await readDocument([{ path: 'gear.yaml', bytes }], { variables: {} }));
  const { losses } = writeKubernetes(nativeApp(valueOf(readNative(document, context)), options).value);
  const told = losses.filter(({ verdict }) => verdict === 'refused');
  expect(told.map(({ key, words }) => `${key}: ${words}`)).toEqual([
    'a_b: its manifest has the name of that of a-b: rename one of them',
  ]);
});

async function readAgain(text: string): Promise<AppRequest> {
  const file = { path: '/srv/x.yaml', bytes: new TextEncoder().encode(text) };
  const read = valueOf(readKubernetes(valueOf(await readManifests([file])), 'shop', context));
  return valueOf(readNative(read.document, context));
}
