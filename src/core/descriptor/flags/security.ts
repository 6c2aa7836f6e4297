import { ok } from '../../../errors/failure.ts';
import type { InstallFlag } from '../install-flag.ts';
import { superChange } from '../super.ts';
import { optionFlag } from './option-flag.ts';

const group = 'SECURITY';

/** What it may do to the host, and sees of it. */
export const securityFlags: readonly InstallFlag[] = [
  {
    name: 'super',
    repeatable: false,
    summary: 'Let it administer the host: privileged, in its namespaces, with / at /host',
    example: '',
    group,
    parse: () => ok(superChange),
  },
  optionFlag('privileged', group),
  optionFlag('cap-add', group),
  optionFlag('cap-drop', group),
  optionFlag('security-opt', group),
  optionFlag('userns', group),
  optionFlag('uidmap', group),
  optionFlag('gidmap', group),
  optionFlag('subuidname', group),
  optionFlag('subgidname', group),
  optionFlag('device', group),
  optionFlag('device-cgroup-rule', group),
  optionFlag('gpus', group),
  optionFlag('pid', group),
  optionFlag('ipc', group),
  optionFlag('uts', group),
  optionFlag('cgroupns', group),
  optionFlag('sysctl', group),
];
