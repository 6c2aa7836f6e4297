import { paths } from '../model/paths.ts';
import { quoteExecArgument } from './escape.ts';

/** How gear-watch.service starts gear. */
export interface WatchService {
  /** Node and gear's script, absolute. */
  readonly program: readonly [string, string];
  /** What follows `watch`: folders and flags. */
  readonly words: readonly string[];
}

/** The unit's file name. */
export const watchServiceName = 'gear-watch.service';

/**
 * What the service may not do, and may. It writes gear's state and units, and asks the engines over their sockets; Podman
 * is a command, which unpacks images by itself: for that are the capabilities, mounts in a namespace and chroot(2). V8
 * makes code at run time, so memory stays writable and executable.
 */
const sandbox = (): readonly string[] => [
  'ProtectSystem=strict',
  `ReadWritePaths=${paths.units} -/var/lib/containers -/run/containers -/run/libpod -/run/lock -/etc/containers -/etc/cni -/run/netns`,
  'ConfigurationDirectory=gear',
  'StateDirectory=gear',
  'RuntimeDirectory=gear',
  'RuntimeDirectoryPreserve=yes',
  'ProtectHome=read-only',
  'PrivateTmp=yes',
  // Not PrivateDevices=: systemd-creds asks the TPM for secrets that are encrypted with it.
  'DevicePolicy=closed',
  'DeviceAllow=char-tpm rw',
  'ProtectClock=yes',
  'ProtectControlGroups=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  'ProtectKernelTunables=yes',
  'ProtectProc=default',
  'LockPersonality=yes',
  'NoNewPrivileges=yes',
  'RestrictNamespaces=mnt',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=no',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service @mount',
  'SystemCallErrorNumber=EPERM',
  'CapabilityBoundingSet=CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER CAP_FSETID CAP_SETFCAP CAP_SETGID CAP_SETUID CAP_SYS_ADMIN CAP_SYS_CHROOT',
];

/**
 * What a user's service may: all that its user may. Podman without root enters namespaces of its own with the help of
 * newuidmap(1), which has more rights than its caller; a sandbox would forbid that.
 */
const userService: readonly string[] = ['SyslogIdentifier=gear-watch'];

/** The text of gear-watch.service. Only the program itself is signalled: what it runs ends with what it does. */
export function renderWatchService({ program, words }: WatchService): string {
  const ofUser = paths.scope === 'user';
  const line = [...program, ...(ofUser ? ['--user'] : []), 'watch', ...words]
    .map(quoteExecArgument)
    .join(' ');
  return `[Unit]
Description=gear keeps this host true to its descriptors
${ofUser ? 'After=dbus.service' : 'Wants=network-online.target\nAfter=network-online.target dbus.service docker.service'}
StartLimitIntervalSec=0

[Service]
Type=notify
NotifyAccess=all
ExecStart=${line}
ExecReload=/bin/kill -HUP $MAINPID
KillMode=mixed
TimeoutStopSec=120
Restart=always
RestartSec=2
WatchdogSec=60
${(ofUser ? userService : sandbox()).join('\n')}

[Install]
WantedBy=${paths.bootTarget}
`;
}
