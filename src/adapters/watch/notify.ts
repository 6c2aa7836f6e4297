import { runCommand } from '../process/command.ts';

/**
 * Tells systemd something of this process (sd_notify(3)), such as `READY=1` or `WATCHDOG=1`; nothing where no service
 * manager listens. Node has no datagram sockets of the unix kind, so systemd's own command says it, for which the unit
 * has NotifyAccess=all. Whether it is heard does not matter to whoever tells: systemd acts on silence.
 */
export async function notifySystemd(...assignments: readonly string[]): Promise<void> {
  const socket = process.env['NOTIFY_SOCKET'];
  if (socket === undefined || socket === '') return;
  const environment = { NOTIFY_SOCKET: socket, PATH: '/usr/bin:/bin' };
  await runCommand('systemd-notify', assignments, { environment, timeoutMs: 5_000 }).catch(() => undefined);
}
