import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { labCgroup } from './cgroup.ts';
import { namespaceOf, namespacePath } from './network.ts';
import { readIfThere } from './proc.ts';
import { labFolder } from './state.ts';

/** All that there is of a lab on this machine, by looking at the machine and not at what the lab wrote down. */
export async function remainsOf(lab: string): Promise<string[]> {
  const mounts = (await readFile('/proc/self/mounts', 'utf8')).split('\n');
  const found = mounts.filter(
    (line) => line.includes(`${labFolder(lab)}/`) || line.includes(namespaceOf(lab)),
  );
  for (const path of [labFolder(lab), namespacePath(lab), labCgroup(lab)])
    if (existsSync(path)) found.push(path);
  for (const pid of await readdir('/proc')) {
    const command = /^\d+$/.test(pid) ? ((await readIfThere(`/proc/${pid}/cmdline`)) ?? '') : '';
    if (
      command.includes(`${labFolder(lab)}/`) ||
      (command.includes(`lab-guard\0`) && command.includes(`\0${lab}\0`))
    ) {
      found.push(`process ${pid}: ${command.replaceAll('\0', ' ')}`);
    }
  }
  return found;
}
