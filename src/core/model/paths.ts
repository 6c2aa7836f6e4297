/** Where gear keeps its state on a host (ARCHITECTURE.md, "State on a host"). */
export const paths = {
  root: '/etc/gear',
  generations: '/etc/gear/generations',
  current: '/etc/gear/current',
  files: '/etc/gear/files',
  key: '/etc/gear/key',
  /** The templates of this host that take the places of shipped ones. */
  templates: '/etc/gear/templates',
  /** The secrets of the host by name, each a link to its value in `files`. */
  secrets: '/etc/gear/secrets',
  /** Logins for registries, for every pull of the host (containers-auth.json(5)). */
  registries: '/etc/gear/registries.json',
  /** Who is told when something is wrong, a folder a target, and what tells. Root's alone. */
  notify: '/etc/gear/notify',
  notifyScript: '/etc/gear/notify/notify.sh',
  notifyUnit: '/etc/systemd/system/gear-notify@.service',
  /** For every unit of gear's (systemd.unit(5)). */
  notifyDropIn: '/etc/systemd/system/ctr-.service.d/50-gear-notify.conf',
  /** What is known of containers that were there before gear, a file each. */
  adopted: '/etc/gear/adopted',
  /** Networks that were there before gear, a file each: ENGINE.NAME, with the app that has it now. */
  adoptedNetworks: '/etc/gear/adopted-networks',
  state: '/var/lib/gear',
  /** Which images gear itself fetched, a file each with the name that it was fetched by. */
  pulled: '/var/lib/gear/pulled',
  /** What of images has arrived from another machine and is not loaded yet, a folder an image. */
  parcels: '/var/lib/gear/parcels',
  lock: '/var/lib/gear/lock',
  /** What the host knows of apps that are moving to it, a file each. */
  moves: '/var/lib/gear/moves',
  /** An empty DOCKER_CONFIG: root's own could inject a proxy with its password into containers. */
  emptyConfig: '/var/lib/gear/empty',
  /** The generation that systemd has read; gone after a reboot, as it should be. */
  loaded: '/run/gear/loaded',
  /** When gear itself stopped an instance, one file each; gone after a reboot, which starts what is to run. */
  stops: '/run/gear/stops',
  /** What the gates know of each container, a file each. */
  notes: '/run/gear',
  /** Instances that wait for their reload, one file each; gone after a reboot, which starts them with their new files. */
  reloads: '/run/gear/reloads',
  /** Config files and secrets as containers see them, a folder an instance, made at each start. Root's alone. */
  runtimeFiles: '/run/gear/files',
  /** Which apps `gear watch` takes care of; gone with nothing but a purge of gear. */
  watchClaims: '/var/lib/gear/watch.json',
  /** The repositories that `gear watch --git` follows. */
  checkouts: '/var/lib/gear/git',
  /** Held by the one `gear watch` of the host, and where it tells what it does. */
  watchLock: '/run/gear/watch.lock',
  watchSocket: '/run/gear/watch.sock',
  units: '/etc/systemd/system',
  /** Links that start a unit on boot are written into these. */
  bootLinks: '/etc/systemd/system/multi-user.target.wants',
  dockerLinks: '/etc/systemd/system/docker.service.wants',
  /** The same for timers. */
  timerLinks: '/etc/systemd/system/timers.target.wants',
} as const;

/** The folder of one generation. */
export function generationPath(generation: number): string {
  return `${paths.generations}/${String(generation)}`;
}
