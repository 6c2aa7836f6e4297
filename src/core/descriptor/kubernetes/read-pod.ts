import { quote } from '../../../errors/quote.ts';
import { plainName } from '../foreign/container-name.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import type { Cluster } from './cluster.ts';
import { containerFields } from './container-fields.ts';
import { readFields } from './field.ts';
import { KubeContainer, type Pod } from './kube-container.ts';
import type { Path } from '../document.ts';
import { podFields } from './pod-fields.ts';
import { hasOtherLimits, isStep, stepOf } from './init-steps.ts';

interface Given {
  readonly fields: Fields;
  readonly path: Path;
  readonly given: string;
}

/** The containers of a pod, the one that has its network first. Init containers that are no steps come as jobs. */
export function readPod(reader: ForeignReader, cluster: Cluster, pod: Pod): readonly KubeContainer[] {
  const given = (key: string): readonly Given[] =>
    (pod.spec[key] === undefined || pod.spec[key] === null
      ? []
      : reader.list(pod.spec[key], [...pod.path, key])
    ).flatMap(([item, path]) => {
      const fields = reader.fields(item, path);
      const name = fields === undefined ? undefined : reader.text(fields['name'], [...path, 'name']);
      return fields === undefined || name === undefined ? [] : [{ fields, path, given: name }];
    });
  const before = given('initContainers');
  const sidecars = before.filter(({ fields }) => fields['restartPolicy'] === 'Always');
  const steps = before.filter((each) => !sidecars.includes(each));
  const mains = given('containers');
  if (mains.length === 0)
    reader.fail(
      [...pod.path, 'containers'],
      'VALUE_INVALID',
      `the pod ${quote(pod.name)} has no containers`,
      'add one',
      'key',
    );
  const all = [...sidecars, ...mains];
  if (pod.job && all.length > 1)
    reader.tell(
      [...pod.path, 'containers'],
      'refused',
      'gear runs a job of one container',
      'make a job of each',
    );
  const containers = all.map(
    ({ fields, path, given: name }) =>
      new KubeContainer(reader, cluster, pod, {
        name: all.length === 1 ? plainName(pod.name) : plainName(`${pod.name}-${name}`),
        fields,
        path,
      }),
  );
  const [holder] = containers;
  for (const [index, container] of containers.entries()) {
    if (index > 0 && holder !== undefined) share(container, holder);
    readContainer(container, index === 0);
    for (const earlier of containers.slice(0, Math.min(index, sidecars.length)))
      container.add('after', earlier.container, container.path);
  }
  const jobs = holder === undefined ? [] : initContainers(holder, steps);
  return [...containers, ...jobs];
}

/** The first container has the network of the pod, or the host's. */
function share(container: KubeContainer, holder: KubeContainer): void {
  const mode = holder.native['network_mode'];
  container.holder = holder;
  container.set('network_mode', mode === 'host' ? 'host' : `container:${holder.container}`, container.path);
}

/** What the pod says, and over it what the container says; what the pod says is told once. */
function readContainer(container: KubeContainer, tellsPod: boolean): void {
  const { reader, pod } = container;
  const before = reader.losses.length;
  container.set('stop_timeout', '30s', pod.path);
  for (const [key, value] of Object.entries(pod.labels)) container.put('labels', key, value, pod.path);
  readFields(container, pod.spec, pod.path, podFields);
  if (!tellsPod) reader.losses.length = before;
  readFields(container, container.fields, container.path, containerFields);
}

/**
 * What runs before a pod's containers: steps of the first one where they can be that, as they run before each start; else
 * jobs, which run once at apply and at boot.
 */
function initContainers(holder: KubeContainer, steps: readonly Given[]): readonly KubeContainer[] {
  const { reader, cluster, pod } = holder;
  const drafts = steps.map(({ fields, path, given: name }) => {
    const draft = new KubeContainer(reader, cluster, pod, {
      name: plainName(`${pod.name}-${name}`),
      fields,
      path,
    });
    readContainer(draft, false);
    return draft;
  });
  if (drafts.every((draft) => isStep(draft, holder))) {
    for (const draft of drafts) {
      holder.add('init', stepOf(draft), draft.path);
      if (hasOtherLimits(draft, holder))
        reader.tellInstead(
          [...draft.path, 'resources'],
          'approximated',
          `left out: a step may use what ${holder.container} may use`,
        );
    }
    return [];
  }
  for (const [index, draft] of drafts.entries()) {
    // A deadline is that of the pod, and its runs begin with the containers.
    for (const key of ['networks', 'network_mode', 'systemd']) Reflect.deleteProperty(draft.native, key);
    draft.set('job', true, draft.path);
    draft.set('restart', 'on-failure', draft.path);
    const earlier = drafts[index - 1];
    if (earlier !== undefined) draft.add('requires', earlier.container, draft.path);
    draft.approximate(draft.path, 'a job: it runs at apply and at boot, and not before each start');
  }
  const last = drafts.at(-1);
  if (last !== undefined) holder.add('requires', last.container, last.path);
  return drafts;
}
