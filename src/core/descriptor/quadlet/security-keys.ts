import {
  asPairs,
  asText,
  asToggle,
  asWords,
  kept,
  keptAll,
  leftOut,
  type QuadletKey,
  wordsOf,
} from './key.ts';

/** An option of --security-opt. */
function option(name: string, prefix: string): QuadletKey {
  return kept(name, 'security_opt', (container, value) =>
    container.add('security_opt', `${prefix}${container.filled(value)}`, value.path),
  );
}

const unlimited = (word: string) => word.replace(/^CAP_/i, '').toUpperCase();

/** What a container may do, and what it may use. */
export const securityKeys: readonly QuadletKey[] = [
  asWords('AddCapability', 'cap_add', unlimited),
  asWords('DropCapability', 'cap_drop', unlimited),
  asToggle('NoNewPrivileges', 'security_opt', 'no-new-privileges'),
  option('SeccompProfile', 'seccomp='),
  option('AppArmor', 'apparmor='),
  asToggle('SecurityLabelDisable', 'security_opt', 'label=disable'),
  asToggle('SecurityLabelNested', 'security_opt', 'label=nested'),
  option('SecurityLabelType', 'label=type:'),
  option('SecurityLabelLevel', 'label=level:'),
  option('SecurityLabelFileType', 'label=filetype:'),
  option('Mask', 'mask='),
  option('Unmask', 'unmask='),
  asPairs('Sysctl', 'sysctls'),
  keptAll(
    'AddDevice',
    'devices',
    (container, value) => {
      for (const word of wordsOf(container, value)) {
        container.add('devices', word.replace(/^-/, ''), value.path);
        if (word.startsWith('-')) container.approximate(value.path, 'the device has to be there');
      }
    },
    '`-` before it is left out: the device has to be there',
  ),
  keptAll('Ulimit', 'ulimits', (container, value) => {
    const [name = '', ...limit] = container.filled(value).split('=');
    container.put('ulimits', name, limit.join('='), value.path);
  }),
  asText('ShmSize', 'shm_size'),
  asText('Memory', 'memory'),
  asText('PidsLimit', 'pids_limit'),
  asText('LogDriver', 'log_driver'),
  asPairs('LogOpt', 'log_options'),
  leftOut('ServiceName', 'left out: the unit is called ctr-APP.CONTAINER'),
];
