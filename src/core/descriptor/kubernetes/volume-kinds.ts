import type { Coverage } from '../foreign/coverage.ts';

function kept(name: string, to: string, note = ''): Coverage {
  return { name, verdict: 'kept', to, note };
}

function near(name: string, to: string, note: string): Coverage {
  return { name, verdict: 'approximated', to, note };
}

function refused(name: string, why: string, next: string): Coverage {
  return { name, verdict: 'refused', to: '', note: `${why}: ${next}` };
}

const onTheHost = 'mount it on the host, and use hostPath';

/** Every kind of a pod's volume (Kubernetes API, v1 Volume), each of which stands under its own key. */
export const volumeKinds: readonly Coverage[] = [
  near('emptyDir', 'volumes, tmpfs', 'a volume which is kept when the pod goes; of medium Memory a tmpfs'),
  kept('hostPath', 'volumes', 'the path has to be there'),
  kept('persistentVolumeClaim', 'volumes', 'the volume of its name'),
  kept('configMap', 'files'),
  near('secret', 'files, secrets', 'files; of a Secret that is not given, the secret of the host'),
  kept('projected', 'files', 'of configMap, secret and downwardAPI'),
  kept(
    'downwardAPI',
    'files',
    'names, labels and annotations of the pod; what only a cluster knows is refused',
  ),
  near('ephemeral', 'volumes', 'a volume which is kept when the pod goes'),
  kept('nfs', 'volumes'),
  refused('image', 'gear mounts no images', 'copy its files into a volume with an init container'),
  refused('gitRepo', 'gear clones nothing', 'clone it with an init container, or on the host for hostPath'),
  refused('csi', 'drivers of storage run in a cluster', onTheHost),
  refused('flexVolume', 'drivers of storage run in a cluster', onTheHost),
  ...[
    ...['awsElasticBlockStore', 'azureDisk', 'cinder', 'fc', 'gcePersistentDisk', 'iscsi'],
    ...['photonPersistentDisk', 'portworxVolume', 'rbd', 'scaleIO', 'storageos', 'vsphereVolume'],
  ].map((name) => refused(name, 'gear attaches no disks', `attach and ${onTheHost}`)),
  ...['azureFile', 'cephfs', 'flocker', 'glusterfs', 'quobyte'].map((name) =>
    refused(name, 'of shared file systems gear mounts nfs alone', onTheHost),
  ),
];
