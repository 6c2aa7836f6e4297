import { Document } from 'yaml';
import { styledYaml, yamlVersion } from '../export/yaml-style.ts';
import {
  containersOf,
  lose,
  mapOf,
  type Native,
  textOf,
  type WriteLoss,
  type Writing,
  writeKeys,
} from '../foreign/foreign-writer.ts';
import { kubeName } from './pod-writing.ts';
import { kubeWriters } from './write-keys.ts';

/** A native descriptor as manifests of Kubernetes: a workload for each pod, its Service, and what they need; and what is lost. */
export function writeKubernetes(app: Native): {
  readonly text: string;
  readonly losses: readonly WriteLoss[];
} {
  const losses: WriteLoss[] = [];
  const all = new Map(containersOf(app));
  const objects = new Map<string, Native>();
  const workloads = [...all].flatMap(([name, container]) => {
    if (holderOf(container, all) !== undefined) return [];
    const members = [...all].filter(([, other]) => holderOf(other, all) === name);
    return [workload(app, [[name, container], ...members], objects, losses)];
  });
  const services = [...all].flatMap(([name, container]) =>
    holderOf(container, all) === undefined && container['network_mode'] === undefined
      ? namesOf(name, container).map((own) => service(own, kubeName(name)))
      : [],
  );
  const texts = [...objects.values(), ...services, ...workloads].map((object) =>
    styledYaml(new Document(object, yamlVersion)),
  );
  return { text: texts.join('---\n'), losses };
}

type Named = readonly (readonly [string, Native])[];

/** The container of the app whose network, and so whose pod, it shares. */
function holderOf(container: Native, all: ReadonlyMap<string, Native>): string | undefined {
  const [, name] = /^container:(.*)$/.exec(textOf(container['network_mode'] ?? '')) ?? [];
  return name !== undefined && all.has(name) ? name : undefined;
}

function workload(app: Native, members: Named, objects: Map<string, Native>, losses: WriteLoss[]): Native {
  const [[holder, first]] = members as [readonly [string, Native]];
  const name = kubeName(holder);
  const spec: Record<string, unknown> = {};
  const labels: Record<string, unknown> = { app: name };
  spec['containers'] = members.map(([own, given]) => {
    const writing: Writing = { app, name: own, container: given, losses };
    const container: Record<string, unknown> = { name: kubeName(own) };
    writeKeys({ writing, container, spec, labels, objects }, kubeWriters, 'Kubernetes');
    return container;
  });
  const template = { metadata: { labels }, spec };
  const policy = policyOf(first);
  const count = Number(first['count'] ?? 1);
  if (first['job'] === true) {
    spec['restartPolicy'] = policy === 'Always' ? 'OnFailure' : policy;
    return { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template } };
  }
  if (policy !== 'Always' && count === 1) {
    spec['restartPolicy'] = policy;
    return { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec };
  }
  if (policy !== 'Always')
    lose({ app, name: holder, container: first, losses }, 'restart', 'copies are always started again');
  return {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } },
    spec: { ...(count === 1 ? {} : { replicas: count }), selector: { matchLabels: { app: name } }, template },
  };
}

function policyOf({ restart, job }: Native): 'Always' | 'OnFailure' | 'Never' {
  const given = typeof restart === 'object' ? mapOf(restart)['policy'] : restart;
  const policy = textOf(given ?? (job === true ? 'on-failure' : 'always'));
  return policy === 'no' ? 'Never' : policy === 'on-failure' ? 'OnFailure' : 'Always';
}

/** The names by which others ask it: its own, and its aliases. */
function namesOf(name: string, { networks }: Native): readonly string[] {
  const uses = Array.isArray(networks) ? [] : Object.values(mapOf(networks)).map(mapOf);
  const aliases = uses.flatMap(({ aliases: given }) => (given ?? []) as readonly string[]);
  return [...new Set([name, ...aliases].map(kubeName))].filter((each) => each !== '');
}

/** Without an address of its own: the name leads to the pods themselves, with all of their ports. */
function service(name: string, app: string): Native {
  return {
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name } },
    spec: { clusterIP: 'None', selector: { app } },
  };
}
