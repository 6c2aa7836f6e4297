import { parseCpus, parseMemory } from '../amounts.ts';
import { type InstallFlag, mapResult, withoutFields } from '../install-flag.ts';
import { optionFlag } from './option-flag.ts';

const group = 'RESOURCE';

/** How much of the host it may take. */
export const resourceFlags: readonly InstallFlag[] = [
  {
    name: 'memory',
    short: 'm',
    value: 'AMOUNT',
    repeatable: false,
    summary: 'Limit its memory, in b, k, m or g',
    example: '512m',
    group,
    parse: (text) => mapResult(parseMemory(text), (memoryBytes) => ({ memoryBytes })),
    reset: withoutFields('memoryBytes'),
  },
  optionFlag('memory-swap', group),
  optionFlag('memory-reservation', group),
  {
    name: 'cpus',
    value: 'NUMBER',
    repeatable: false,
    summary: 'Limit its processor time to so many processors',
    example: '1.5',
    group,
    parse: (text) => mapResult(parseCpus(text), (cpus) => ({ cpus })),
    reset: withoutFields('cpus'),
  },
  optionFlag('cpu-shares', group, 'c'),
  optionFlag('cpu-period', group),
  optionFlag('cpu-quota', group),
  optionFlag('cpuset-cpus', group),
  optionFlag('cpuset-mems', group),
  optionFlag('pids-limit', group),
  optionFlag('blkio-weight', group),
  optionFlag('blkio-weight-device', group),
  optionFlag('device-read-bps', group),
  optionFlag('device-read-iops', group),
  optionFlag('device-write-bps', group),
  optionFlag('device-write-iops', group),
  optionFlag('storage-opt', group),
  optionFlag('oom-score-adj', group),
  optionFlag('ulimit', group),
];
