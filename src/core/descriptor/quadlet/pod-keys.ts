import { lifeKeys } from './life-keys.ts';
import { alias, networkKeys } from './network-keys.ts';
import { processKeys } from './process-keys.ts';
import { type QuadletKey, leftOut, near, refused } from './key.ts';
import { securityKeys } from './security-keys.ts';
import { storageKeys } from './storage-keys.ts';

/** Keys of [Pod] that mean what they mean in [Container], said of the container that holds the pod's network. */
const shared: readonly string[] = [
  ...['AddHost', 'DNS', 'DNSOption', 'DNSSearch', 'HostName', 'IP', 'IP6', 'Network', 'NetworkAlias'],
  ...['PublishPort', 'ShmSize', 'UserNS', 'UIDMap', 'GIDMap', 'SubUIDMap', 'SubGIDMap'],
];
const all = [...processKeys, ...networkKeys, ...securityKeys, ...storageKeys, ...lifeKeys];
const first = 'with the first of its containers';

/** Every key of [Pod]. `Volume` is each container's. */
export const podKeys: readonly QuadletKey[] = [
  ...all.filter(({ name }) => shared.includes(name)).map((key) => ({ ...key, note: key.note || first })),
  ...all.filter(({ name }) => name === 'Volume'),
  leftOut('Label', 'left out: a pod is nothing that the engine has'),
  near(
    'PodName',
    'networks',
    'an alias on the networks of the pod, which is nothing that the engine has',
    (container, value) => {
      alias(container, container.filled(value), value);
      const where = container.native['networks'] === undefined ? 'left out' : 'an alias on its networks';
      container.approximate(value.path, `${where}: a pod is nothing that the engine has`);
    },
  ),
  leftOut('ExitPolicy', 'left out: each container has a unit of its own', ['stop']),
  leftOut('StopTimeout', 'left out: each container has its own'),
  leftOut('ServiceName', 'left out: the unit is called ctr-APP.CONTAINER'),
  ...['RemapUsers', 'RemapUid', 'RemapGid', 'RemapUidSize'].map((name) =>
    leftOut(name, 'left out: write UserNS='),
  ),
  refused('PodmanArgs', 'gear makes no pods', 'write it with the containers'),
  leftOut('GlobalArgs', 'left out: gear calls podman as the host has set it up'),
  refused(
    'ContainersConfModule',
    'gear calls podman as the host has set it up',
    'set it in containers.conf(5)',
  ),
];
