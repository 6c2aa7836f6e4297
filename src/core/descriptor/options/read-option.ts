import { type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import type { RunOption } from '../../model/run-options.ts';
import { refuse } from '../refuse.ts';
import { parseExpose, parseExtraHost, parseIp, parseMac } from './addresses.ts';
import { parseCapability } from './capability.ts';
import { parseDevice, parseDeviceRule, parseGpus } from './devices.ts';
import { parseDiskBytes, parseDiskOperations, parseDiskWeight } from './disks.ts';
import {
  parseDirectory,
  parseGroup,
  parseHostname,
  parseLogDriver,
  parsePlatform,
  parseResolverOption,
  parseRuntime,
  parseSearchDomain,
  parseSlice,
} from './names.ts';
import { namespaceMode, parseIdMap, parseIdName, parseUserNamespace } from './namespaces.ts';
import { numberOrUnlimited, parseCpuset, wholeNumber } from './numbers.ts';
import { keyValue, parseLabel } from './pairs.ts';
import { parseSecurityOption } from './security-option.ts';
import { parseSignal } from './signal.ts';
import { parseSize, parseSizeOrUnlimited } from './sizes.ts';
import { parseSysctl } from './sysctl.ts';
import { parseUlimit } from './ulimit.ts';

/** The reader of each flag of the table that has a value. */
const readers: Readonly<Record<string, (text: string) => Result<string>>> = {
  hostname: parseHostname,
  'add-host': parseExtraHost,
  dns: parseIp,
  'dns-search': parseSearchDomain,
  'dns-option': parseResolverOption,
  expose: parseExpose,
  'mac-address': parseMac,
  'cap-add': parseCapability,
  'cap-drop': parseCapability,
  'security-opt': parseSecurityOption,
  userns: parseUserNamespace,
  uidmap: parseIdMap,
  gidmap: parseIdMap,
  subuidname: parseIdName,
  subgidname: parseIdName,
  device: parseDevice,
  'device-cgroup-rule': parseDeviceRule,
  gpus: parseGpus,
  pid: namespaceMode('pid'),
  ipc: namespaceMode('ipc'),
  uts: namespaceMode('uts'),
  cgroupns: namespaceMode('cgroupns'),
  sysctl: parseSysctl,
  ulimit: parseUlimit,
  'shm-size': parseSize,
  'memory-swap': parseSizeOrUnlimited,
  'memory-reservation': parseSize,
  'cpu-shares': wholeNumber('a weight of processor time', 2, 262_144),
  'cpu-period': wholeNumber('a period in microseconds', 1000, 1_000_000),
  'cpu-quota': wholeNumber('a quota in microseconds', 1000, 1_000_000_000),
  'cpuset-cpus': parseCpuset,
  'cpuset-mems': parseCpuset,
  'pids-limit': numberOrUnlimited('a number of processes', 4_194_304),
  'blkio-weight': wholeNumber('a weight of disk access', 10, 1000),
  'blkio-weight-device': parseDiskWeight,
  'device-read-bps': parseDiskBytes,
  'device-read-iops': parseDiskOperations,
  'device-write-bps': parseDiskBytes,
  'device-write-iops': parseDiskOperations,
  'storage-opt': keyValue('an option of storage', 'size=20G'),
  'oom-score-adj': wholeNumber('an adjustment of its score', -1000, 1000),
  label: parseLabel,
  annotation: keyValue('an annotation', 'KEY=VALUE'),
  workdir: parseDirectory,
  'group-add': parseGroup,
  'stop-signal': parseSignal,
  'log-driver': parseLogDriver,
  'log-opt': keyValue('an option of a log', 'max-size=50m'),
  platform: parsePlatform,
  runtime: parseRuntime,
  'cgroup-parent': parseSlice,
};

/** One value of an option, normalised so that equal meaning is equal text. VALUE_INVALID otherwise; a switch takes none. */
export function readOption(option: RunOption, text: string): Result<string> {
  const read = readers[option.flag];
  if (read === undefined) throw new Error(`no reader for --${option.flag}`);
  if (text.length > 65_536)
    return refuse(
      'VALUE_INVALID',
      `${quote(text.slice(0, 40))} goes on for too long`,
      `write it as ${option.example}`,
    );
  return read(text);
}

/** Flags whose values mean something by their order: the engine asks and writes them one after the other. */
const ordered: ReadonlySet<string> = new Set(['add-host', 'dns', 'dns-search', 'dns-option']);

/** The values of a list as it is kept: each once, of a key the last, sorted unless their order means something. */
export function arrangeValues(option: RunOption, values: readonly string[]): readonly string[] {
  if (option.map === true) {
    const last = new Map(values.map((value) => [value.split('=', 1)[0] ?? '', value]));
    return [...last.values()].toSorted();
  }
  const once = [...new Set(values)];
  return ordered.has(option.flag) ? once : once.toSorted();
}
