/**
 * Names that must never stand in the environment of an engine's command line: the command itself, /bin/sh, the
 * dynamic loader, the C library or Go's runtime would read them there. They reach the container through --env-file.
 */
const exact: ReadonlySet<string> = new Set([
  // sh(1), bash(1): read on start, or variables that the shell itself keeps and would pass on changed
  ...[
    'PATH',
    'HOME',
    'ENV',
    'IFS',
    'PWD',
    'OLDPWD',
    'SHLVL',
    'SHELL',
    'PPID',
    'UID',
    'EUID',
    'GROUPS',
    'CDPATH',
  ],
  ...[
    'OPTIND',
    'OPTARG',
    'OPTERR',
    'LINENO',
    'RANDOM',
    'SRANDOM',
    'SECONDS',
    'REPLY',
    'DIRSTACK',
    'FUNCNAME',
  ],
  ...[
    'SHELLOPTS',
    'BASHOPTS',
    'POSIXLY_CORRECT',
    'GLOBIGNORE',
    'TIMEFORMAT',
    'HOSTNAME',
    'HOSTTYPE',
    'HOSTFILE',
  ],
  ...[
    'MACHTYPE',
    'OSTYPE',
    'PIPESTATUS',
    'COLUMNS',
    'LINES',
    'TMOUT',
    'FCEDIT',
    'INPUTRC',
    'MAPFILE',
    'COPROC',
  ],
  // environ(7), locale(7), the C library, terminals
  ...[
    'USER',
    'LOGNAME',
    'TERM',
    'TMPDIR',
    'TMP',
    'TEMP',
    'TZ',
    'TZDIR',
    'LANG',
    'LANGUAGE',
    'LOCPATH',
    'NLSPATH',
  ],
  ...[
    'GCONV_PATH',
    'HOSTALIASES',
    'LOCALDOMAIN',
    'RES_OPTIONS',
    'GETCONF_DIR',
    'GLIBC_TUNABLES',
    'COLORTERM',
  ],
  ...['NO_COLOR', 'EDITOR', 'VISUAL', 'PAGER'],
  // systemd.exec(5), "Environment variables set or propagated by the service manager"
  ...[
    'MAINPID',
    'MANAGERPID',
    'NOTIFY_SOCKET',
    'INVOCATION_ID',
    'JOURNAL_STREAM',
    'WATCHDOG_PID',
    'WATCHDOG_USEC',
  ],
  ...['PIDFILE', 'REMOTE_ADDR', 'REMOTE_PORT', 'SERVICE_RESULT', 'EXIT_CODE', 'EXIT_STATUS', 'FDSTORE'],
  ...['RUNTIME_DIRECTORY', 'STATE_DIRECTORY', 'CACHE_DIRECTORY', 'LOGS_DIRECTORY', 'CONFIGURATION_DIRECTORY'],
  ...['CREDENTIALS_DIRECTORY', 'MEMORY_PRESSURE_WATCH', 'MEMORY_PRESSURE_WRITE'],
]);

const prefixes: readonly string[] = [
  ...['BASH_', 'HIST', 'MAIL', 'PS', 'COMP_', 'EPOCH', 'LC_', 'LD_', 'MALLOC_', 'RESOLV_', 'NIS_'],
  ...['SYSTEMD_', 'LISTEN_', 'MONITOR_', 'TRIGGER_', 'DBUS_', 'XDG_', '_'],
  ...['DOCKER_', 'BUILDKIT_', 'BUILDX_', 'COMPOSE_', 'MOBY_', 'CONTAINER', 'PODMAN_', 'BUILDAH_', 'STORAGE_'],
  ...[
    'REGISTRY_',
    'REGISTRIES_',
    'CONMON_',
    'NETAVARK_',
    'AARDVARK_',
    'CNI_',
    'CRUN_',
    'OCI_',
    'SSH_',
    'GPG_',
  ],
  ...['GO', 'CGO_', 'SSL_', 'CURL_', 'OTEL_', 'GEAR_', 'GNUPG'],
];
const prefixed = new RegExp(`^(?:${prefixes.join('|')})`);

/**
 * True where the variable may stand in the environment of the engine's command (`-e KEY`); false where it must come
 * from the file for --env-file. Decided by the name alone, so that the manifest, which has no values, can tell.
 */
export function isInherited(name: string): boolean {
  const upper = name.toUpperCase();
  if (exact.has(upper) || upper.endsWith('_PROXY')) return false;
  return !prefixed.test(upper);
}
