/** Whose systemd gear acts on in this process: that of the machine, or the user's own. */
export type Scope = 'system' | 'user';

/** What the paths of a scope hang from. */
interface Roots {
  readonly scope: Scope;
  /** What gear has written down, and what units need. */
  readonly root: string;
  /** What gear remembers of its own work. */
  readonly state: string;
  /** What is gone after a reboot. */
  readonly notes: string;
  /** Where systemd looks for units of the administrator, or of the user. */
  readonly units: string;
  /** What is in systemd's own folders until the next boot: units, and what generators have made. */
  readonly runtimeUnits: string;
  readonly generated: string;
  readonly templates: string;
  /** What ejected containers need, a folder each: of nobody but the administrator, or the user, from then on. */
  readonly ejected: string;
  /** Where dockerd listens; of a user it is the rootless one. */
  readonly dockerSocket: string;
  /** What a boot reaches: units that start on boot are wanted by it. */
  readonly bootTarget: string;
}

function pathsFrom({
  scope,
  root,
  state,
  notes,
  units,
  templates,
  ejected,
  bootTarget,
  dockerSocket,
  ...runtime
}: Roots) {
  return {
    scope,
    bootTarget,
    dockerSocket,
    root,
    ...runtime,
    generations: `${root}/generations`,
    current: `${root}/current`,
    files: `${root}/files`,
    key: `${root}/key`,
    /** The templates of this host that take the places of shipped ones. */
    templates,
    ejected,
    /** The secrets of the host by name, each a link to its value in `files`. */
    secrets: `${root}/secrets`,
    /** Logins for registries, for every pull of the host (containers-auth.json(5)). */
    registries: `${root}/registries.json`,
    /** Who is told when something is wrong, a folder a target, and what tells. Its owner's alone. */
    notify: `${root}/notify`,
    notifyScript: `${root}/notify/notify.sh`,
    notifyUnit: `${units}/gear-notify@.service`,
    /** For every unit of gear's (systemd.unit(5)). */
    notifyDropIn: `${units}/ctr-.service.d/50-gear-notify.conf`,
    /** What is known of containers that were there before gear, a file each. */
    adopted: `${root}/adopted`,
    /** Networks that were there before gear, a file each: ENGINE.NAME, with the app that has it now. */
    adoptedNetworks: `${root}/adopted-networks`,
    state,
    /** Which images gear itself fetched, a file each with the name that it was fetched by. */
    pulled: `${state}/pulled`,
    /** What of images has arrived from another machine and is not loaded yet, a folder an image and engine. */
    parcels: `${state}/parcels`,
    lock: `${state}/lock`,
    /** A lock for each folder of parcels that was ever sent; gone after a reboot. */
    sending: `${notes}/sending`,
    /** The same for each volume that was ever restored. */
    restoring: `${notes}/restoring`,
    /** What the host knows of apps that are moving to it, a file each. */
    moves: `${state}/moves`,
    /** An empty DOCKER_CONFIG: root's own could inject a proxy with its password into containers. */
    emptyConfig: `${state}/empty`,
    /** The generation that systemd has read; gone after a reboot, as it should be. */
    loaded: `${notes}/loaded`,
    /** The generation of the last rollback that was whole; gone after a reboot, which finishes what was not. */
    rolledBack: `${notes}/rolled-back`,
    /** When gear itself stopped an instance, one file each; gone after a reboot, which starts what is to run. */
    stops: `${notes}/stops`,
    /** What the gates know of each container, a file each. */
    notes,
    /** Instances that wait for their reload, one file each; gone after a reboot, which starts them with their new files. */
    reloads: `${notes}/reloads`,
    /** Config files and secrets as containers see them, a folder an instance, made at each start. Its owner's alone. */
    runtimeFiles: `${notes}/files`,
    /** Values for containers that run once, a file each while its container is made. Its owner's alone. */
    runs: `${notes}/runs`,
    /** Which apps `gear watch` takes care of; gone with nothing but a purge of gear. */
    watchClaims: `${state}/watch.json`,
    /** The repositories that `gear watch --git` follows. */
    checkouts: `${state}/git`,
    /** Held by the one `gear watch` of the host, and where it tells what it does. */
    watchLock: `${notes}/watch.lock`,
    watchSocket: `${notes}/watch.sock`,
    units,
    /** Links that start a unit on boot are written into these. */
    bootLinks: `${units}/${bootTarget}.wants`,
    dockerLinks: `${units}/docker.service.wants`,
    /** The same for timers. */
    timerLinks: `${units}/timers.target.wants`,
  } as const;
}

export type Paths = Readonly<ReturnType<typeof pathsFrom>>;

/** Of the machine's systemd (ARCHITECTURE.md, "State on a host"). */
const systemRoots: Roots = {
  scope: 'system',
  root: '/etc/gear',
  state: '/var/lib/gear',
  notes: '/run/gear',
  units: '/etc/systemd/system',
  runtimeUnits: '/run/systemd/system',
  generated: '/run/systemd/generator',
  templates: '/etc/gear/templates',
  ejected: '/etc/ctr',
  dockerSocket: '/run/docker.sock',
  bootTarget: 'multi-user.target',
};

/** The folders of a user (XDG Base Directory Specification), absolute. */
export interface UserFolders {
  readonly config: string;
  readonly state: string;
  /** XDG_RUNTIME_DIR. */
  readonly runtime: string;
}

/** Of a user's own systemd. In the folder of state, `hosts` beside `local` is what gear keeps of other machines. */
export function userPaths({ config, state, runtime }: UserFolders): Paths {
  return pathsFrom({
    scope: 'user',
    root: `${state}/gear/local`,
    state: `${state}/gear/local/state`,
    notes: `${runtime}/gear`,
    units: `${config}/systemd/user`,
    runtimeUnits: `${runtime}/systemd/user`,
    generated: `${runtime}/systemd/generator`,
    dockerSocket: `${runtime}/docker.sock`,
    templates: `${config}/gear/templates`,
    ejected: `${config}/ctr`,
    bootTarget: 'default.target',
  });
}

/**
 * Where gear keeps its state on a host. A process has one scope for all of its life (docs/decisions/0009), so this is
 * read where it is used and never copied into a constant of a module.
 */
export let paths: Paths = pathsFrom(systemRoots);

/** Chooses the scope of this process, before anything is read or written. */
export function choosePaths(chosen: Paths): void {
  paths = chosen;
}

/** The folder of one generation. */
export function generationPath(generation: number): string {
  return `${paths.generations}/${String(generation)}`;
}
