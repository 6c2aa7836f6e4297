import type { EngineKind } from '../../core/model/container.ts';
import type { HostAddress } from '../../core/model/host-address.ts';
import { paths } from '../../core/model/paths.ts';
import type { FailureError } from '../../errors/failure.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Host, ListeningPort } from '../../ports/host.ts';
import type { Systemd } from '../../ports/systemd.ts';
import { withAdopted } from '../engine/adopted.ts';
import { once } from '../engine/once.ts';
import { claimPath, controlFolder } from '../ssh/control-folder.ts';
import { connectRemoteEngine } from '../ssh/engine.ts';
import { sudoRefused } from '../ssh/failure.ts';
import { createRemoteFiles } from '../ssh/files.ts';
import type { Greeting } from '../ssh/greeting.ts';
import { createRemoteJournal } from '../ssh/journal.ts';
import { HostLink } from '../ssh/link.ts';
import { createRemoteRun } from '../ssh/run.ts';
import type { AskPassword } from '../ssh/sudo.ts';
import { remotePath } from '../ssh/shell-script.ts';
import { connectRemoteSystemd } from '../ssh/systemd.ts';
import { distinctPorts } from './listening.ts';
import { parseListening } from './listening-table.ts';
import { createLock } from './lock.ts';
import { sendLockName, volumeLockName } from './lock-names.ts';
import { runBy } from './run.ts';
import { parseIpv4Routes, parseIpv6Routes } from './routes-table.ts';
import { offerSecretKey, readSecretKey } from './secret-key.ts';
import { createSendLocks } from './send-locks.ts';

/**
 * Another machine as a host, over one connection of OpenSSH. Nothing of gear is on it. What it is, it says with the
 * first answer; everything else is asked for when it is needed. `preferred` is the engine for what is installed first;
 * `ask` asks a person for the password of sudo(8).
 */
export function createSshHost(
  address: HostAddress,
  { preferred, ask }: { readonly preferred?: EngineKind | undefined; readonly ask?: AskPassword | undefined },
): Host {
  const link = new HostLink(address, async (isNew) => claimPath(await controlFolder(), address, isNew), ask);
  const files = createRemoteFiles(link);
  const engines = new Map<EngineKind, Promise<Engine>>();
  let greeted: Pick<Greeting, 'elevated'> = { elevated: false };
  const lock = createLock({
    path: paths.lock,
    start: (command) => link.lockSession(command, greeted).child,
    isFar: true,
  });
  const sendLockAt = createSendLocks(link);
  let systemd = once(() => connectRemoteSystemd(link));
  let isRoot = false;
  let connected: Systemd | undefined;

  async function text(path: string): Promise<string> {
    return new TextDecoder().decode((await files.read(path)) ?? new Uint8Array());
  }

  async function listening(): Promise<readonly ListeningPort[]> {
    const { byteOrder } = await link.greeting();
    const tables = await Promise.all(
      (['tcp', 'tcp6', 'udp', 'udp6'] as const).map(async (name) =>
        parseListening(await text(`/proc/net/${name}`), name.startsWith('tcp') ? 'tcp' : 'udp', byteOrder),
      ),
    );
    return distinctPorts(tables.flat());
  }

  return {
    files,
    journal: createRemoteJournal(link),
    lock: {
      async acquire(holder, options) {
        greeted = await link.greeting();
        // What was read before may be another's to change until the lock is ours.
        await link.forget();
        return lock.acquire(holder, options);
      },
    },
    sendLock: (name) => sendLockAt(`${paths.sending}/${name}`, sendLockName),
    volumeLock: (name) => sendLockAt(`${paths.restoring}/${name}`, volumeLockName),
    async facts() {
      const { facts, sudo } = await link.greeting();
      const engines = facts.engines.toSorted((a, b) => Number(b === preferred) - Number(a === preferred));
      const refusal = sudo === '' ? {} : { refusal: sudoRefused(address, facts.user, sudo) };
      return { ...facts, engines, ...refusal };
    },
    async becomeRoot() {
      // Whoever asks for it is going to change the host. What comes of it shows where it is used.
      link.prepare().catch(() => undefined);
      if (isRoot || !(await link.becomeRoot())) return;
      // What was connected before may look only.
      isRoot = true;
      systemd = once(() => connectRemoteSystemd(link));
    },
    async systemd() {
      return (connected = await systemd());
    },
    engine(kind) {
      const known = engines.get(kind);
      if (known !== undefined) return known;
      const connecting = connectRemoteEngine(link, kind).then((engine) => withAdopted(engine, files));
      connecting.catch(() => engines.delete(kind));
      engines.set(kind, connecting);
      return connecting;
    },
    secretKey: () => readSecretKey(files),
    offerSecretKey: () => offerSecretKey(files),
    listening,
    async routes() {
      const { byteOrder } = await link.greeting();
      const [ipv4, ipv6] = await Promise.all([text('/proc/net/route'), text('/proc/net/ipv6_route')]);
      return [...new Set([...parseIpv4Routes(ipv4, byteOrder), ...parseIpv6Routes(ipv6)])];
    },
    run: (command, input) =>
      runBy(createRemoteRun(link), remotePath, { command, ...(input === undefined ? {} : { input }) }),
    attach: async (command, options) =>
      (await import('../ssh/attach.ts')).attachRemote(link, files, command, options),
    pipe: async (command, options) => (await import('../ssh/pipe.ts')).pipeRemote(link, command, options),
    async canBind({ protocol, address, port }) {
      const taken = (await listening()).filter((each) => each.protocol === protocol && each.port === port);
      return !taken.some((each) => isAll(each.address) || isAll(address) || each.address === address);
    },
    async lost() {
      // What never stood was not lost, and why it did not has been told.
      if (!link.isConnected) return null;
      // A stream that broke is told before the shell of the same connection is; its answer, or end, decides.
      await link.request('facts', []).catch(() => undefined);
      return link.lost.aborted ? (link.lost.reason as FailureError).failures : null;
    },
    close() {
      connected?.close();
      link.close();
      return Promise.resolve();
    },
  };
}

function isAll(address: string): boolean {
  return address === '' || address === '0.0.0.0' || address === '::';
}
