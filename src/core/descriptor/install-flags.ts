import { healthFlags } from './flags/health.ts';
import { lifeFlags } from './flags/life.ts';
import { logFlags } from './flags/log.ts';
import { networkFlags } from './flags/network.ts';
import { processFlags } from './flags/process.ts';
import { resourceFlags } from './flags/resources.ts';
import { securityFlags } from './flags/security.ts';
import { storageFlags } from './flags/storage.ts';
import { systemdFlags } from './flags/systemd.ts';
import type { InstallFlag } from './install-flag.ts';

/** Every flag that says how a container is to be, in the order of help. */
export const installFlags: readonly InstallFlag[] = [
  ...networkFlags,
  ...storageFlags,
  ...processFlags,
  ...securityFlags,
  ...resourceFlags,
  ...healthFlags,
  ...lifeFlags,
  ...logFlags,
  ...systemdFlags,
];
