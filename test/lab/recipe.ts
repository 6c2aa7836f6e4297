import { createHash } from 'node:crypto';

/** The Debian releases that a host can run: the newest, and the oldest that gear promises to work with. */
export const suites = ['trixie', 'bookworm'] as const;
export type Suite = (typeof suites)[number];

/** Recommended packages are left out, so what Docker and Podman need of them is named here. */
const packages = [
  ...['systemd', 'systemd-sysv', 'dbus', 'udev', 'kmod', 'procps', 'iproute2', 'iptables', 'nftables'],
  ...['docker.io', 'tini', 'git', 'ca-certificates'],
  ...['podman', 'conmon', 'netavark', 'aardvark-dns', 'catatonit', 'uidmap'],
  // Rootless Podman: a user's own systemd with its bus, and the network of containers without root.
  ...['dbus-user-session', 'passt', 'slirp4netns'],
  ...['openssh-server', 'openssh-client', 'sudo', 'curl', 'busybox-static'],
  // The bound node binary is linked with it.
  'libstdc++6',
  ...['docker-registry', 'apache2-utils', 'openssl'],
];

const extraPackages: Record<Suite, readonly string[]> = {
  // Rootless Docker, where Debian has it.
  trixie: ['docker-cli', 'crun', 'rootlesskit'],
  // With runc, which Docker brings: crun 1.8 insists on raising a limit, which not every machine's root may do.
  bookworm: [],
};

export function packagesOf(suite: Suite): readonly string[] {
  return [...packages, ...extraPackages[suite]];
}

/** dpkg leaves out what no test reads, and does not sync what can be made again. */
export const dpkgOptions = [
  'force-unsafe-io',
  ...['man', 'doc', 'locale', 'info', 'lintian', 'bash-completion'].map(
    (name) => `path-exclude=/usr/share/${name}/*`,
  ),
];

/**
 * Units that a lab host does not start: the first two cannot succeed without the machine's modules and without
 * systemd-networkd; the registry starts when a test asks for it; the others are a busy machine's housekeeping.
 */
export const maskedUnits = [
  'systemd-modules-load.service',
  'systemd-networkd-wait-online.service',
  'docker-registry.service',
  'systemd-pstore.service',
  'e2scrub_reap.service',
  ...['apt-daily', 'apt-daily-upgrade', 'dpkg-db-backup', 'fstrim', 'e2scrub_all'].map(
    (name) => `${name}.timer`,
  ),
];

/** Files of every host, over what the packages bring. */
export const files: Readonly<Record<string, string>> = {
  // Within systemd-nspawn on a hybrid machine the pids controller is not there, and crun refuses to start.
  '/etc/containers/containers.conf': '[containers]\npids_limit = 0\n',
  // dockerd that turns forwarding on itself drops what is forwarded to Podman's published ports.
  '/etc/sysctl.d/60-forward.conf': 'net.ipv4.ip_forward = 1\n',
  // No name server: a lookup fails at once instead of timing out.
  '/etc/resolv.conf': '',
  // Newer than /usr, they spare the first boot a rebuild of caches (systemd-update-done(8)).
  '/etc/.updated': '',
  '/var/.updated': '',
};

/** Folders of every host; with the journal's, what a host logged before it lost power can be read afterwards. */
export const folders = ['/var/log/journal', '/root/.ssh'];

/** Not to be shared by all hosts: each gets its own. */
export const removedFiles = ['/etc/machine-id', '/etc/hostname'];

/** Changes whenever anything above does, so that a cached tree is never of an older recipe. */
export function recipeHash(suite: Suite): string {
  const recipe = [packagesOf(suite), dpkgOptions, maskedUnits, files, folders, removedFiles];
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}
