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
    if (losses.length === 0)
      expect(back.containers.map(meaning)).toEqual(app.containers.toSorted(byName).map(meaning));
  });
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

/** What a manifest says of a container: networks are the cluster's, a pod has half a minute to stop, and a label. */
function meaning({ container, spec, environment }: AppRequest['containers'][number]) {
  const { networks: _, stopTimeoutMs: __, options: given, ...rest } = spec;
  const { label = [], ...others } = (given ?? {}) as Readonly<Record<string, readonly string[]>>;
  const labels = label.filter((each) => !each.startsWith('app='));
  return { container, environment, spec: rest, options: { ...others, labels } };
}

function byName(a: AppRequest['containers'][number], b: AppRequest['containers'][number]): number {
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
