import type { SpecChange } from './spec-change.ts';

/** The host's own folders, as a super-privileged container has them: what is mounted later is seen there, too. */
export const superVolumes = ['/:/host:rslave', '/run:/run:rslave'] as const;

/** Where it finds the host, and that systemctl there is to act on it. */
const hostVariables = { HOST: '/host', SYSTEMD_IGNORE_CHROOT: '1' } as const;

/**
 * What `--super` stands for: a container that administers its host, as `atomic run --spc` has it. Of what that gave,
 * /etc/localtime is left out, which not every host has and /host has anyway, and /sys/fs/selinux, of which it made an
 * empty volume.
 */
export const superChange: SpecChange = {
  options: { privileged: true, pid: 'host', ipc: 'host' },
  networkMode: 'host',
  mounts: [
    { kind: 'bind', source: '/', target: '/host', options: ['rslave'] },
    { kind: 'bind', source: '/run', target: '/run', options: ['rslave'] },
  ],
};

/** What a super-privileged container is told of itself, unless the user says it otherwise. */
export function superEnvironment(name: string, image: string): Readonly<Record<string, string>> {
  return { ...hostVariables, NAME: name, IMAGE: image };
}
