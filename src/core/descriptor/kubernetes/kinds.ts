import type { Coverage } from '../foreign/coverage.ts';

/** A kind of object: the apiVersions that gear reads, and what becomes of it. */
interface Kind extends Coverage {
  readonly apiVersions: readonly string[];
}

function read(name: string, apiVersion: string, to: string, note = ''): Kind {
  return { name, apiVersions: [apiVersion], verdict: 'kept', to, note };
}

function leftOut(name: string, note: string, ...apiVersions: readonly string[]): Kind {
  return { name, apiVersions, verdict: 'approximated', to: '', note };
}

const cluster = 'left out: it belongs to a cluster';
const rights = 'left out: containers of gear reach no API of a cluster';
const rbac = 'rbac.authorization.k8s.io/v1';

/** The kinds that gear knows. */
export const kinds: readonly Kind[] = [
  read('Pod', 'v1', 'containers'),
  read('Deployment', 'apps/v1', 'containers', 'copies by count'),
  read('ReplicaSet', 'apps/v1', 'containers', 'copies by count'),
  read(
    'StatefulSet',
    'apps/v1',
    'containers, volumes',
    'with volumeClaimTemplates each copy is a container of its own',
  ),
  read('DaemonSet', 'apps/v1', 'containers', 'one copy on this host'),
  read('Job', 'batch/v1', 'containers', 'with job'),
  read('CronJob', 'batch/v1', 'containers', 'with schedule'),
  read('Service', 'v1', 'networks, ports', 'its name is an alias of the containers that it selects'),
  read('ConfigMap', 'v1', 'env, files', 'where containers use it'),
  read(
    'Secret',
    'v1',
    'env, files',
    'where containers use it; one that is not given is a secret of the host',
  ),
  read('PersistentVolumeClaim', 'v1', 'volumes', 'a named volume of its name'),
  read('List', 'v1', '', 'its items'),
  leftOut('Namespace', 'left out: an app is what keeps names apart', 'v1'),
  leftOut('ServiceAccount', rights, 'v1'),
  ...['Role', 'RoleBinding', 'ClusterRole', 'ClusterRoleBinding'].map((name) => leftOut(name, rights, rbac)),
  leftOut('Ingress', 'left out: publish ports, or put a proxy before them', 'networking.k8s.io/v1'),
  leftOut('IngressClass', cluster, 'networking.k8s.io/v1'),
  leftOut(
    'HorizontalPodAutoscaler',
    'left out: count says how many there are',
    'autoscaling/v2',
    'autoscaling/v1',
  ),
  leftOut('PodDisruptionBudget', cluster, 'policy/v1'),
  leftOut('PriorityClass', cluster, 'scheduling.k8s.io/v1'),
  leftOut('StorageClass', cluster, 'storage.k8s.io/v1'),
  leftOut('PersistentVolume', 'left out: a claim is a volume of the engine', 'v1'),
  leftOut('LimitRange', cluster, 'v1'),
  leftOut('ResourceQuota', cluster, 'v1'),
  {
    ...{ name: 'NetworkPolicy', apiVersions: ['networking.k8s.io/v1'], verdict: 'refused', to: '' },
    note: 'containers of an app reach each other: take it away, or make apps of what is to be kept apart',
  },
];
