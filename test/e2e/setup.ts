import type { TestProject } from 'vitest/node';
import { Lab } from '../lab/lab.ts';
import { installPackage } from '../support/package.ts';

declare module 'vitest' {
  interface ProvidedContext {
    labName: string;
    /** What of this machine the hosts have as /opt/gear. */
    gearFolder: string;
  }
}

/** Boots the hosts of all end-to-end tests once, with gear as `npm pack` makes it, and takes them down at the end. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const gear = await installPackage();
  const binds = [{ from: gear.folder, to: '/opt/gear', readOnly: true }];
  const lab = await Lab.up({
    name: `e2e-${String(process.pid)}`,
    hosts: [
      { name: 'trixie', suite: 'trixie', binds },
      { name: 'bookworm', suite: 'bookworm', binds },
    ],
  });
  // Debian's dockerd may start three times a minute; the tests start it more often than a person would.
  await Promise.all(
    lab.hosts.map((host) =>
      host.sh(`
        mkdir -p /etc/systemd/system/docker.service.d
        printf '[Unit]\\nStartLimitIntervalSec=0\\n' >/etc/systemd/system/docker.service.d/often.conf
        systemctl daemon-reload`),
    ),
  );
  project.provide('labName', lab.name);
  project.provide('gearFolder', gear.folder);
  return async () => {
    await lab.down();
    await gear.remove();
  };
}
