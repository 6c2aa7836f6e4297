import { specDefaults } from '../../descriptor/spec-defaults.ts';
import type { ContainerSpec, EngineKind } from '../../model/container.ts';
import { unknownImageConfig } from '../../model/image.ts';
import type { Instance } from '../../model/instance.ts';
import { resolveInstance } from '../../model/resolve.ts';
import { createArguments, runArguments } from '../engine-arguments.ts';
import { type Dependencies, type Relations, resolveRelations } from '../relations.ts';
import type { TemplateName } from '../shipped.ts';
import type { RenderTarget } from '../unit.ts';
import { dockerView, podmanView, readyView, timerView } from '../view.ts';

const image = {
  reference: 'docker.io/library/nginx:1.27',
  id: 'sha256:4bb46517cac39eae5a1e6f2e4ad1c4e1b0d1a9e6ba6c6d5fa87ee5b0ec7d5b09',
  digest: null,
};

const plain: ContainerSpec = { image: 'nginx:1.27', ...specDefaults };

/** Has something for every field of the views. */
const rich: ContainerSpec = {
  ...plain,
  ports: [{ hostIp: '', hostPort: 80, containerPort: 80, protocol: 'tcp' }],
  mounts: [{ kind: 'bind', source: '/srv/web', target: '/usr/share/nginx/html', options: ['ro'] }],
  networks: [
    { name: 'shop_default', aliases: ['web'] },
    { name: 'public', aliases: [] },
  ],
  files: [{ target: '/etc/nginx/conf.d/shop.conf', mode: 0o644 }],
  secrets: [{ name: 'tls', file: 'tls', mode: 0o400 }],
  init: [{ image: 'nginx:1.27', command: ['nginx', '-t'] }],
  reload: { kind: 'signal', signal: 'HUP' },
  health: { command: ['true'] },
  requires: ['shop.db', 'postgresql.service'],
  before: ['proxy.service'],
  wants: ['cache.service'],
  partOf: ['shop.target'],
  conflicts: ['apache2.service'],
  directives: [
    { section: 'Unit', name: 'ConditionPathExists', value: '/srv/web' },
    { section: 'Service', name: 'Nice', value: '5' },
    { section: 'Install', name: 'Alias', value: 'www.service' },
  ],
};

const nightly: ContainerSpec = {
  ...plain,
  schedule: '*-*-* 03:00',
  directives: [{ section: 'Install', name: 'Alias', value: 'nightly.timer' }],
};

/** What the samples depend on. */
export const sampleDependencies: Dependencies = new Map([['shop.db', { hasCheck: true }]]);

/** The host of the samples. */
export function sampleTarget(engine: EngineKind, systemdVersion: number): RenderTarget {
  return { systemdVersion, engineCommand: `/usr/bin/${engine}`, liveRestore: false };
}

/** Containers that between them give every template every kind of value. */
export function sampleInstances(engine: EngineKind): readonly Instance[] {
  return [rich, plain, { ...plain, job: true as const }, nightly].map((spec) => sample(engine, spec));
}

function sample(engine: EngineKind, spec: ContainerSpec): Instance {
  const { files = [], secrets = [], init = [] } = spec;
  return resolveInstance({
    name: 'shop.web',
    app: 'shop',
    container: 'web',
    engine,
    spec,
    image,
    imageConfig: unknownImageConfig,
    environmentKeys: spec === rich ? ['MODE'] : [],
    environmentFile: spec === rich ? 'c0ffee' : null,
    files: files.map((file) => ({ ...file, hash: 'f11e' })),
    secrets: secrets.map((secret) => ({ ...secret, hash: '5ec4e7', encrypted: false })),
    initImages: init.map(() => image),
    hold: null,
  });
}

/** A real view of each template, for documents. */
export function sampleViews(): Readonly<Record<TemplateName, object>> {
  return {
    'container-docker.service.hbs': richView('docker'),
    'container-podman.service.hbs': richView('podman'),
    'ready.service.hbs': thereIs(
      readyView(sample('docker', rich), sampleTarget('docker', 257), relationsOf(sample('docker', rich))),
    ),
    'schedule.timer.hbs': thereIs(timerView(sample('docker', nightly))),
  };
}

function richView(engine: EngineKind): object {
  const instance = sample(engine, rich);
  const owned = { app: 'shop', engine, name: 'shop_default', spec: {} };
  const surroundings = { relations: relationsOf(instance), networks: new Map([[owned.name, owned]]) };
  const target = sampleTarget(engine, 257);
  return engine === 'docker'
    ? dockerView(instance, createArguments(instance), target, surroundings)
    : podmanView(instance, runArguments(instance), target, surroundings);
}

function relationsOf(instance: Instance): Relations {
  const relations = resolveRelations(instance, sampleDependencies);
  if (!relations.ok) throw new Error('a sample depends on what is not there');
  return relations.value;
}

function thereIs(view: object | null): object {
  if (view === null) throw new Error('the sample has no such unit');
  return view;
}
