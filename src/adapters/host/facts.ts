import { hostname } from 'node:os';
import type { EngineKind } from '../../core/model/container.ts';
import type { Files } from '../../ports/files.ts';
import type { HostFacts } from '../../ports/host.ts';
import { invokingName } from './invoking-name.ts';

/** Reads what this machine is. Neither systemd nor an engine is asked anything. */
export async function readFacts(
  files: Files,
  detectEngines: () => Promise<readonly EngineKind[]>,
): Promise<HostFacts> {
  const [systemdIsInit, unifiedCgroup, engines] = await Promise.all([
    // sd_booted(3) looks for the same folder.
    files.exists('/run/systemd/system'),
    // cgroups(7): only the root of the unified hierarchy has this file.
    files.exists('/sys/fs/cgroup/cgroup.controllers'),
    detectEngines(),
  ]);
  const uid = process.geteuid?.() ?? -1;
  return {
    name: hostname(),
    uid,
    user: invokingName(uid, process.env),
    systemdIsInit,
    unifiedCgroup,
    engines,
  };
}
