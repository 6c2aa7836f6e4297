import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { canRunLab } from './lab/requirements.ts';
import { missing } from './support/missing.ts';

/** A folder of tests, which vitest.config.ts knows as the project of the same name. */
export interface Suite {
  readonly name: string;
  /** Suites of one lane share a process; `hosts` boot real hosts and run file after file, in shards. */
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

/** How many test files a suite has. Those of `dbus` are in a folder of `integration`. */
export function countFiles(name: string): number {
  const folder = path.join(import.meta.dirname, name === 'dbus' ? 'integration/dbus' : name);
  if (!existsSync(folder)) return 0;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.test.ts')).length;
}

function noHosts(): string | undefined {
  const check = canRunLab();
  return check.ok ? undefined : check.reason;
}
