import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { canRunLab } from './lab/requirements.ts';
import { missing } from './support/missing.ts';

/** A folder of tests, which vitest.config.ts knows as the project of the same name. */
export interface Suite {
  readonly name: string;
  /** Suites of one lane share a process; `hosts` boot real hosts and run file after file, in two lanes. */
  readonly lane: 'quick' | 'hosts';
  /** Why it cannot run on this machine, if so. */
  readonly obstacle?: () => string | undefined;
}

export const suites: readonly Suite[] = [
  { name: 'unit', lane: 'quick' },
  { name: 'property', lane: 'quick' },
  { name: 'golden', lane: 'quick', obstacle: () => missing('systemd-analyze') },
  { name: 'cli', lane: 'quick' },
  { name: 'integration', lane: 'quick' },
  { name: 'dbus', lane: 'quick', obstacle: () => missing('dbus-daemon') },
  { name: 'lab', lane: 'hosts', obstacle: noHosts },
  { name: 'e2e', lane: 'hosts', obstacle: noHosts },
];

/** How many test files a suite has. */
export const countFiles = (name: string): number => filesOf(name).length;

/** The test files of suites, the largest first: it tends to take long, and what is begun last should be short. */
export function queueOf(names: readonly string[]): string[] {
  const size = new Map(names.flatMap(filesOf).map((file) => [file, statSync(file).size]));
  return [...size.keys()].toSorted((one, other) => (size.get(other) ?? 0) - (size.get(one) ?? 0));
}

/** Those of `dbus` are in a folder of `integration`. */
function filesOf(name: string): readonly string[] {
  const folder = path.join(import.meta.dirname, name === 'dbus' ? 'integration/dbus' : name);
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.test.ts')).map((file) => path.join(folder, file));
}

function noHosts(): string | undefined {
  const check = canRunLab();
  return check.ok ? undefined : check.reason;
}
