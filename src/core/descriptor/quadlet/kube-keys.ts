import { leftOut, kept, keptAll, type QuadletKey, refused } from './key.ts';
import { networkKeys } from './network-keys.ts';

const ofHolder = networkKeys.filter(({ name }) => name === 'Network' || name === 'PublishPort');
const arguments_ = 'gear plays no manifests with Podman: it runs their containers';

/** Every key of [Kube]. What is said of the pod's network holds for the container that has it, the first of each pod. */
export const kubeKeys: readonly QuadletKey[] = [
  keptAll('Yaml', 'containers', () => undefined, 'read as Kubernetes manifests are'),
  keptAll('ConfigMap', 'env, files', () => undefined, 'read with the manifests'),
  ...ofHolder.map((key) => ({ ...key, note: 'with the first container of the first pod' })),
  kept('SetWorkingDirectory', '', () => undefined, 'paths begin at the folder of the unit'),
  leftOut('AutoUpdate', 'left out: gear apply --pull always takes a newer image'),
  leftOut('ExitCodePropagation', 'left out: each container has a unit of its own, with its own result'),
  leftOut('KubeDownForce', 'left out: volumes stay until gear rm --volumes', ['false', 'no', '0']),
  leftOut('LogDriver', 'left out: the journal has the log of every container'),
  leftOut('LogOpt', 'left out: the journal has the log of every container'),
  leftOut('ServiceName', 'left out: the unit is called ctr-APP.CONTAINER'),
  refused('UserNS', 'manifests say nothing of user namespaces', 'write the containers as .container files'),
  ...['RemapUsers', 'RemapUid', 'RemapGid', 'RemapUidSize'].map((name) =>
    refused(name, 'manifests say nothing of user namespaces', 'write the containers as .container files'),
  ),
  refused('PodmanArgs', arguments_, 'use the keys of [Kube], or of the manifest'),
  leftOut('GlobalArgs', 'left out: gear calls podman as the host has set it up'),
  refused(
    'ContainersConfModule',
    'gear calls podman as the host has set it up',
    'set it in containers.conf(5)',
  ),
];
