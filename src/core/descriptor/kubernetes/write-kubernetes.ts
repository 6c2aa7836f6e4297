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
import { specDefaults } from '../spec-defaults.ts';
import { type PodNames, podNames } from './pod-names.ts';
import { kubeName, secondsOf } from './pod-writing.ts';
import { kubeWriters } from './write-keys.ts';

/** How long a container of gear's has where nothing is said. */
const usualStopSeconds = specDefaults.stopTimeoutMs / 1000;

/** A native descriptor as manifests of Kubernetes: a workload for each pod, its Service, and what they need; and what is lost. */
export function writeKubernetes(app: Native): {
  readonly text: string;
  readonly losses: readonly WriteLoss[];
} {
  const losses: WriteLoss[] = [];
  const all = new Map(containersOf(app));
  const objects = new Map<string, Native>();
  const pods = podsOf(all);
  loseDoubles(pods, losses);
  const written = pods.map((pod) => ({ pod, ...workload(app, pod, objects, losses) }));
  const services = written.flatMap(({ pod: { members }, selector }) => {
    const [[holder, container]] = members;
    return container['network_mode'] === undefined
      ? namesOf(holder, container).map((own) => service(own, selector))
      : [];
  });
  const texts = [...objects.values(), ...services, ...written.map(({ object }) => object)].map((object) =>
    styledYaml(new Document(object, yamlVersion)),
  );
  return { text: texts.join('---\n'), losses };
}

/** Objects of one name are one object, and so are containers of a pod: `a_b` and `a-b` have only one as manifests. */
function loseDoubles(pods: readonly PodNames[], losses: WriteLoss[]): void {
  const holders = new Map<string, string>();
  for (const { name, members, nameIn } of pods)
    for (const [own] of members) {
      const written = own === members[0][0] ? name : `${name}/${nameIn(own)}`;
      const other = holders.get(written);
      if (other !== undefined)
        losses.push({
          ...{ key: own, verdict: 'refused' },
          words: `its manifest has the name of that of ${other}: rename one of them`,
        });
      else holders.set(written, own);
    }
}

/** The container of the app whose network, and so whose pod, it shares. */
function holderOf(container: Native, all: ReadonlyMap<string, Native>): string | undefined {
  const [, name] = /^container:(.*)$/.exec(textOf(container['network_mode'] ?? '')) ?? [];
  return name !== undefined && all.has(name) ? name : undefined;
}

/** The pods of an app. */
function podsOf(all: ReadonlyMap<string, Native>): readonly PodNames[] {
  const groups = [...all].flatMap(([name, container]) =>
    holderOf(container, all) === undefined
      ? [[[name, container], ...[...all].filter(([, other]) => holderOf(other, all) === name)] as const]
      : [],
  );
  return podNames(groups);
}

function workload(
  app: Native,
  { name, members, nameIn }: PodNames,
  objects: Map<string, Native>,
  losses: WriteLoss[],
): { readonly object: Native; readonly selector: Native } {
  const [[holder, first]] = members;
  const spec: Record<string, unknown> = {};
  const own: Record<string, unknown> = {};
  spec['containers'] = members.map(([member, given]) => {
    const writing: Writing = { app, name: member, container: given, losses };
    const container: Record<string, unknown> = { name: nameIn(member) };
    const again = members.length === 1 ? name : `${name}-${nameIn(member)}`;
    if (again !== member)
      losses.push({
        key: member,
        verdict: 'approximated',
        words: `whoever reads it again calls it ${again}`,
      });
    if (member !== holder) loseOfMember(writing, first);
    writeKeys({ writing, container, spec, labels: own, objects }, kubeWriters, 'Kubernetes');
    return container;
  });
  const selector = selectorOf(name, own);
  const labels = { ...selector, ...own };
  // Without it a cluster gives half a minute.
  spec['terminationGracePeriodSeconds'] = secondsOf(stopTimeOf(first)) ?? usualStopSeconds;
  const template = { metadata: { labels }, spec };
  const policy = policyOf(first);
  const count = Number(first['count'] ?? 1);
  if (first['job'] === true) {
    spec['restartPolicy'] = policy === 'Always' ? 'OnFailure' : policy;
    return {
      object: { apiVersion: 'batch/v1', kind: 'Job', metadata: { name }, spec: { template } },
      selector,
    };
  }
  if (policy !== 'Always' && count === 1) {
    spec['restartPolicy'] = policy;
    return { object: { apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec }, selector };
  }
  if (policy !== 'Always')
    lose({ app, name: holder, container: first, losses }, 'restart', 'copies are always started again');
  const deployment = {
    ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } },
    spec: { ...(count === 1 ? {} : { replicas: count }), selector: { matchLabels: selector }, template },
  };
  return { object: deployment, selector };
}

/** The label that pods are chosen by, which no two pods share; one that containers have for themselves stays theirs. */
function selectorOf(name: string, own: Native): Native {
  const keys = ['app', 'app.kubernetes.io/instance'];
  const key = keys.find((each) => own[each] === undefined || own[each] === name) ?? 'gear.local/pod';
  return { [key]: name };
}

/** A pod has one policy, and as many of each container as of the others. */
function loseOfMember(writing: Writing, holder: Native): void {
  if (policyOf(writing.container) !== policyOf(holder))
    lose(writing, 'restart', `the pod says it for all: ${policyOf(holder)}`);
  if (stopTimeOf(writing.container) !== stopTimeOf(holder))
    lose(writing, 'stop_timeout', `the pod says it for all: ${stopTimeOf(holder)}`);
  for (const key of ['count', 'job'])
    if ((writing.container[key] ?? '') !== (holder[key] ?? '')) lose(writing, key, 'the pod says it for all');
}

function stopTimeOf({ stop_timeout: given }: Native): string {
  return given === undefined ? `${String(usualStopSeconds)}s` : textOf(given);
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
function service(name: string, selector: Native): Native {
  return {
    ...{ apiVersion: 'v1', kind: 'Service', metadata: { name } },
    spec: { clusterIP: 'None', selector },
  };
}
