import type { Path } from '../document.ts';
import { type Field, kept, leftOut, near, readFields } from './field.ts';
import type { KubeContainer } from './kube-container.ts';

const profileTypes = ['Localhost', 'RuntimeDefault', 'Unconfined'];

/** Fields that pods and containers have alike; those of a container hold. */
const both: readonly Field<KubeContainer>[] = [
  kept('runAsUser', 'user', (container, value, path) => {
    const text = container.reader.text(value, path);
    if (text !== undefined) container.set('user', text, path);
  }),
  kept('runAsGroup', 'user', (container, value, path) => {
    const text = container.reader.text(value, path);
    const user = container.native['user'];
    if (text !== undefined && typeof user === 'string')
      container.set('user', `${user.split(':')[0] ?? user}:${text}`, path);
    else if (text !== undefined) container.set('user', `0:${text}`, path);
  }),
  leftOut('runAsNonRoot', 'left out: nobody checks it before the start', false),
  kept(
    'seccompProfile',
    'security_opt',
    (container, value, path) => {
      const { reader } = container;
      const fields = reader.fields(value, path, ['type', 'localhostProfile']) ?? {};
      const type = reader.oneOf(fields, 'type', path, profileTypes);
      if (type === 'Unconfined') container.add('security_opt', 'seccomp=unconfined', path);
      else if (type === 'Localhost')
        container.add(
          'security_opt',
          `seccomp=/var/lib/kubelet/seccomp/${reader.textOf(fields, 'localhostProfile', path) ?? ''}`,
          path,
        );
    },
    'Localhost is below /var/lib/kubelet/seccomp',
  ),
  kept('seLinuxOptions', 'security_opt', (container, value, path) => {
    for (const [key, text, at] of container.reader.pairs(value, path))
      container.add('security_opt', `label=${key}:${text ?? ''}`, at);
  }),
  kept('appArmorProfile', 'security_opt', (container, value, path) => {
    const fields = container.reader.fields(value, path, ['type', 'localhostProfile']) ?? {};
    const type = container.reader.oneOf(fields, 'type', path, profileTypes);
    if (type === 'Unconfined') container.add('security_opt', 'apparmor=unconfined', path);
    else if (type === 'Localhost')
      container.add(
        'security_opt',
        `apparmor=${container.reader.textOf(fields, 'localhostProfile', path) ?? ''}`,
        path,
      );
  }),
  leftOut('windowsOptions', 'left out: it belongs to Windows'),
];

export const containerSecurity: readonly Field<KubeContainer>[] = [
  ...both,
  toggle('privileged', (container, path) => container.set('privileged', true, path), 'privileged'),
  toggle('readOnlyRootFilesystem', (container, path) => container.set('read_only', true, path), 'read_only'),
  kept('allowPrivilegeEscalation', 'security_opt', (container, value, path) => {
    if (container.reader.toggle(value, path) === false)
      container.add('security_opt', 'no-new-privileges', path);
  }),
  kept('capabilities', 'cap_add, cap_drop', (container, value, path) => {
    const fields = container.reader.fields(value, path, ['add', 'drop']) ?? {};
    // A privileged container has all of them, whatever is said beside it.
    if ((container.fields['securityContext'] as Record<string, unknown> | undefined)?.['privileged'] === true)
      return;
    for (const key of ['add', 'drop'])
      for (const [text, at] of container.reader.texts(fields[key] ?? [], [...path, key]))
        container.add(`cap_${key}`, text.replace(/^CAP_/, ''), at);
  }),
  leftOut('procMount', 'left out: the engine masks /proc', 'Default'),
];

export const podSecurity: readonly Field<KubeContainer>[] = [
  ...both,
  near(
    'fsGroup',
    'group_add',
    'a group of its processes; files in volumes keep theirs',
    (container, value, path) => {
      const text = container.reader.text(value, path);
      if (text !== undefined) container.add('group_add', text, path);
      container.approximate(path, 'a group of its processes; files in volumes keep theirs');
    },
  ),
  leftOut('fsGroupChangePolicy', 'left out: files in volumes keep their group'),
  kept('supplementalGroups', 'group_add', (container, value, path) => {
    for (const [text, at] of container.reader.texts(value, path)) container.add('group_add', text, at);
  }),
  leftOut('supplementalGroupsPolicy', 'left out: the engine adds those of the image', 'Merge'),
  leftOut('seLinuxChangePolicy', 'left out: volumes keep their labels'),
  kept('sysctls', 'sysctls', (container, value, path) => {
    const { network_mode: mode } = container.native;
    if (mode === 'host') container.approximate(path, 'left out: the network is that of the host');
    if (mode !== undefined) return;
    for (const [item, at] of container.reader.list(value, path)) {
      const fields = container.reader.fields(item, at, ['name', 'value']) ?? {};
      const name = container.reader.textOf(fields, 'name', at);
      if (name !== undefined)
        container.put('sysctls', name, container.reader.textOf(fields, 'value', at) ?? '', at);
    }
  }),
];

/** The securityContext of a container, or of its pod for all of them. */
export const securityField: Field<KubeContainer> = kept(
  'securityContext',
  'user, cap_add, cap_drop, security_opt, …',
  (container, value, path) => {
    readFields(container, value, path, containerSecurity);
  },
);

function toggle(
  name: string,
  set: (container: KubeContainer, path: Path) => void,
  to: string,
): Field<KubeContainer> {
  return kept(name, to, (container, value, path) => {
    if (container.reader.toggle(value, path) === true) set(container, path);
  });
}
