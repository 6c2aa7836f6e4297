import fc from 'fast-check';
import { MemoryHost } from '../../src/adapters/host/memory/host.ts';
import type { AppRequest } from '../../src/core/model/app.ts';
import type { ContainerRequest, EngineKind } from '../../src/core/model/container.ts';
import { setSecret } from '../../src/flows/secret-set.ts';
import { anApp, type ContainerParts } from '../unit/flows/apps-in-memory.ts';
import { contextOn } from '../unit/flows/gear-in-memory.ts';

export const engineKinds: fc.Arbitrary<EngineKind> = fc.constantFrom('docker', 'podman');

const names = ['a', 'b', 'c'] as const;
const none: ContainerParts = {};

/** Few values of each, so that two descriptors share some, and a container may turn up under another name. */
const container = (app: string): fc.Arbitrary<ContainerParts> =>
  fc.record({
    image: fc.constantFrom('web:1', 'web:1', 'web:2', 'data:1', 'absent:1'),
    ports: fc
      .option(fc.integer({ min: 8000, max: 8003 }), { nil: null })
      .map((hostPort) =>
        hostPort === null ? [] : [{ hostIp: '', hostPort, containerPort: 80, protocol: 'tcp' } as const],
      ),
    env: fc.constantFrom<Readonly<Record<string, string>>>({}, { A: '1' }, { A: '2' }),
    content: fc.constantFrom<Readonly<Record<string, string>>>({}, { '/etc/x': 'one' }, { '/etc/x': 'two' }),
    after: fc.constantFrom<readonly string[]>([], ['z']),
    mounts: fc.constantFrom<NonNullable<ContainerParts['mounts']>>(
      [],
      [{ kind: 'volume', source: `${app}_data`, target: '/data', options: [] }],
      [{ kind: 'volume', source: `${app}_theirs`, target: '/theirs', options: [] }],
    ),
  });

const more = (app: string): fc.Arbitrary<ContainerParts> =>
  fc.constantFrom<ContainerParts>(
    none,
    { reload: { kind: 'signal', signal: 'HUP' } },
    { job: true, restart: 'on-failure' },
    { schedule: 'daily', restart: 'no' },
    { health: { command: ['true'] } },
    { secrets: [{ name: 'pg', file: 'pg', mode: 0o444 }] },
    { secretEnv: { PASSWORD: 'pg' } },
    { networks: [{ name: `${app}_back`, aliases: ['x'] }] },
  );

/** A container needs only those of later names, so there is no circle, and it stands before them in the descriptor. */
function withNeeds(all: Readonly<Record<string, ContainerParts>>, needs: boolean): typeof all {
  const sorted = Object.keys(all).toSorted();
  return Object.fromEntries(
    sorted.map((name, at) => {
      const next = sorted[at + 1];
      return [name, needs && next !== undefined ? { ...all[name], requires: [next] } : all[name]] as const;
    }) as [string, ContainerParts][],
  );
}

/** Two copies of it, which share all but their numbers and ports. */
function copies(request: ContainerRequest): readonly ContainerRequest[] {
  const spec = { ...request.spec, ports: [] };
  return [1, 2].map((copy) => ({ ...request, spec, copy }));
}

/** An app of one to three containers and `z`, which is always the same; `m` has two copies. */
export const app = (name: string, engine: EngineKind): fc.Arbitrary<AppRequest> =>
  fc
    .record({
      containers: fc.dictionary(
        fc.constantFrom(...names),
        fc.tuple(container(name), more(name)).map(([parts, kind]) => ({ ...parts, ...kind })),
        { minKeys: 1 },
      ),
      needs: fc.boolean(),
      copied: fc.boolean(),
      internal: fc.boolean(),
    })
    .map(({ containers, needs, copied, internal }) => {
      const made = anApp(
        name,
        { ...withNeeds(containers, needs), ...(copied ? { m: none } : {}), z: none },
        { engine },
      );
      const back = { name: `${name}_back`, spec: internal ? { internal: true as const } : {} };
      return {
        ...made,
        networks: [...made.networks, back],
        containers: made.containers.flatMap((each) => (each.container === 'm' ? copies(each) : [each])),
      };
    });

/** Two apps on one engine. */
export const apps: fc.Arbitrary<readonly AppRequest[]> = engineKinds.chain((engine) =>
  fc.tuple(app('one', engine), app('two', engine)),
);

/** A host with the images and secrets that the apps ask for. */
export async function aHost(): Promise<MemoryHost> {
  const host = new MemoryHost();
  for (const engine of [host.docker, host.podman]) {
    for (const image of ['web:1', 'web:2']) engine.images.add(image);
    engine.images.add('data:1', { volumes: ['/var/data'] });
  }
  await setSecret(contextOn(host), 'pg', new TextEncoder().encode('swordfish'));
  return host;
}
