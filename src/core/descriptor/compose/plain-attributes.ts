import {
  asPairs,
  asText,
  asTexts,
  asToggle,
  type Attribute,
  kept,
  leftOut,
  near,
  refused,
} from './attribute.ts';
import { microseconds } from './microseconds.ts';

/** Attributes that mean the same as one key of gear's, or that say nothing about a container under systemd. */
export const plainAttributes: readonly Attribute[] = [
  asText('cgroup', 'cgroupns'),
  asText('cpu_shares'),
  microseconds('cpu_period'),
  microseconds('cpu_quota'),
  asText('cpuset', 'cpuset_cpus'),
  asText('hostname'),
  asText('mac_address'),
  asText('mem_reservation', 'memory_reservation'),
  asText('memswap_limit', 'memory_swap'),
  asText('oom_score_adj'),
  asText('platform'),
  asText('runtime'),
  asText('shm_size'),
  asText('stop_signal'),
  asText('user'),
  asText('userns_mode', 'userns'),
  asText('uts'),
  asText('working_dir'),
  asToggle('init', 'init_process'),
  asToggle('privileged'),
  asToggle('read_only'),
  asTexts('cap_add'),
  asTexts('cap_drop'),
  asTexts('device_cgroup_rules'),
  asTexts('dns'),
  asTexts('dns_opt', 'dns_options'),
  asTexts('dns_search'),
  asTexts('expose'),
  asTexts('group_add'),
  asTexts('security_opt'),
  asPairs('annotations'),
  asPairs('labels'),
  asPairs('storage_opt', 'storage_options'),
  asPairs('sysctls'),
  kept('stop_grace_period', 'stop_timeout', (service, value, path) => {
    const text = service.reader.text(value, path);
    if (text !== undefined) service.set('stop_timeout', text, path);
  }),
  kept('cgroup_parent', 'cgroup_parent', (service, value, path) => {
    const text = service.reader.text(value, path);
    if (text?.endsWith('.slice') === false)
      service.refuse(path, 'under systemd a parent is a slice', `write ${text.replaceAll('/', '-')}.slice`);
    else if (text !== undefined) service.set('cgroup_parent', text, path);
  }),
  kept(
    'isolation',
    '',
    (service, value, path) => {
      if (value !== 'default') service.refuse(path, 'it belongs to Windows', 'take it away');
    },
    'only `default`; the others belong to Windows',
  ),
  near(
    'cpu_count',
    'cpus',
    'a limit of processor time instead of a number of processors',
    (service, value, path) => {
      const count = service.reader.number(value, path);
      if (count === undefined) return;
      if (count > 0) service.set('cpus', count, path);
      service.approximate(path, 'a limit of processor time instead of a number of processors');
    },
  ),
  leftOut('cpu_rt_period', 'left out: cgroup v2 has no real-time quotas'),
  leftOut('cpu_rt_runtime', 'left out: cgroup v2 has no real-time quotas'),
  leftOut('mem_swappiness', 'left out: cgroup v2 has no swappiness of a container'),
  leftOut('oom_kill_disable', 'left out: cgroup v2 always ends what is out of memory', false),
  leftOut('cpu_percent', 'left out: it belongs to Windows; cpus limits processor time'),
  leftOut('attach', 'left out: the journal has the log of every container; gear logs shows it', true),
  leftOut('develop', 'left out: it is for docker compose watch'),
  leftOut('pull_refresh_after', 'left out: an image is fetched when gear apply is told to'),
  leftOut('tty', 'left out: nobody is at a terminal of a unit', false),
  leftOut('stdin_open', 'left out: nothing is typed into a unit; what reads from there sees its end', false),
  near(
    'pull_policy',
    '',
    'left out: gear apply --pull says when images are fetched',
    (service, value, path) => {
      if (value === 'missing' || value === 'if_not_present') return;
      service.approximate(path, 'left out: gear apply --pull says when images are fetched');
    },
  ),
  refused('credential_spec', 'it belongs to Windows', 'take it away'),
  refused(
    'models',
    'gear runs containers, and no models',
    'run the model in a container of its own, and give its address in environment',
  ),
  refused(
    'provider',
    'gear runs containers, and calls no plugins',
    'run what it provides yourself, and take the service away',
  ),
  refused(
    'pre_stop',
    'a unit has no step before a container stops',
    'let the program do it when it gets stop_signal',
  ),
];
