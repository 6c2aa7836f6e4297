import type { HostAddress } from '../../core/model/host-address.ts';

/** A host that says nothing for three of these is lost: the master ends, and with it every session. */
const aliveIntervalS = 3;
const aliveCount = 3;
/** How long the connection stays open for the next command. */
const persistS = 60;
const connectTimeoutS = 5;

/** What holds for every use of ssh(1): gear's work is no terminal, forwards nothing, and never asks. */
const always = {
  BatchMode: 'yes',
  ClearAllForwardings: 'yes',
  ConnectionAttempts: '1',
  ConnectTimeout: String(connectTimeoutS),
  ForwardAgent: 'no',
  ForwardX11: 'no',
  IPQoS: 'lowdelay',
  LogLevel: 'ERROR',
  PermitLocalCommand: 'no',
  RemoteCommand: 'none',
  RequestTTY: 'no',
  ServerAliveCountMax: String(aliveCount),
  ServerAliveInterval: String(aliveIntervalS),
  StrictHostKeyChecking: 'yes',
} as const;

/**
 * The arguments of ssh(1) for a session over the one connection of the host, which is made where it is not there. All
 * else (keys, jumps, certificates, proxies, algorithms) is as the user's ssh_config says.
 */
export function sessionArguments(address: HostAddress, controlPath: string): readonly string[] {
  return [
    ...asOptions({
      ...always,
      ControlMaster: 'auto',
      ControlPath: controlPath.replaceAll('%', '%%'),
      ControlPersist: String(persistS),
    }),
    ...destination(address),
  ];
}

/** The arguments for a session of a person: with a terminal and questions, over the same connection. */
export function terminalArguments(address: HostAddress, controlPath: string): readonly string[] {
  const options = {
    ControlMaster: 'auto',
    ControlPath: controlPath.replaceAll('%', '%%'),
    ControlPersist: String(persistS),
    StrictHostKeyChecking: 'yes',
  };
  return [...asOptions(options), ...destination(address)];
}

/**
 * The arguments for meeting a host without logging in: only its key is of interest. `knownHosts` in place of the user's
 * own takes in whatever key it shows.
 */
export function meetingArguments(address: HostAddress, knownHosts?: string): readonly string[] {
  const { ServerAliveCountMax: _count, ServerAliveInterval: _interval, ...rest } = always;
  const recording =
    knownHosts === undefined
      ? {}
      : {
          StrictHostKeyChecking: 'accept-new',
          UserKnownHostsFile: knownHosts,
          GlobalKnownHostsFile: '/dev/null',
        };
  return [
    ...asOptions({
      ...rest,
      ControlPath: 'none',
      PreferredAuthentications: 'none',
      UpdateHostKeys: 'no',
      ...recording,
    }),
    ...destination(address),
    'true',
  ];
}

/** The arguments that make ssh(1) tell what its configuration comes to. */
export function configurationArguments(address: HostAddress): readonly string[] {
  return ['-G', ...destination(address)];
}

/** `-l` and `-p` rather than user@host:port, which ssh does not take for IPv6. */
function destination({ host, user, port }: HostAddress): readonly string[] {
  return [
    ...(user === undefined ? [] : ['-l', user]),
    ...(port === undefined ? [] : ['-p', String(port)]),
    '--',
    host,
  ];
}

function asOptions(options: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}
