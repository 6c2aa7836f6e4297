import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Host } from './host.ts';

const config = '/root/.ssh/config';

export interface FarAway {
  /** The host that is to be far away. */
  readonly to: Host;
  readonly roundTripMs: number;
  /** The name by which ssh on `from` reaches it; its key is known as that of the host. */
  readonly alias: string;
  /** A free port of `from`. */
  readonly port: number;
}

/** Makes a host reachable from another under a second name, over a connection that takes its time. */
export async function farAway(
  from: Host,
  { to, roundTripMs, alias, port }: FarAway,
): Promise<{ readonly end: () => Promise<void> }> {
  const script = await readFile(new URL('slow-relay.js', import.meta.url), 'utf8');
  const args = [to.address, '22', String(roundTripMs / 2), String(port)];
  const relay = await from.spawn(['node', '--input-type=module', '--eval', script, '--', ...args]);
  if (relay.child.stdout === null) throw new Error('the relay has no output');
  const ended = relay.exited.then((status) => {
    throw new Error(`the relay ended with status ${String(status)}`);
  });
  ended.catch(() => undefined);
  await Promise.race([once(relay.child.stdout, 'data'), ended]);
  await from.sh(`cat >>${config} <<'end'
# far: ${alias}
Host ${alias}
  HostName 127.0.0.1
  Port ${String(port)}
  HostKeyAlias ${to.name}
# end: ${alias}
end`);
  return {
    end: async () => {
      await relay.signal('SIGTERM');
      await relay.exited;
      await from.sh(`sed -i '/^# far: ${alias}$/,/^# end: ${alias}$/d' ${config}`);
    },
  };
}
