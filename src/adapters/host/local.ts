import type { EngineKind } from '../../core/model/container.ts';
import { paths } from '../../core/model/paths.ts';
import type { Engine } from '../../ports/engine.ts';
import type { Host, HostFacts } from '../../ports/host.ts';
import type { Systemd } from '../../ports/systemd.ts';
import { createLocalFiles } from '../files/local.ts';
import { lazyJournal } from './lazy-journal.ts';
import { lazyLock } from './lazy-lock.ts';
import { sendLockName, volumeLockName } from './lock-names.ts';

/** What a local host is made of; a test replaces single ones. */
export interface LocalParts {
  readonly connectSystemd: () => Promise<Systemd>;
  readonly connectEngine: (kind: EngineKind) => Promise<Engine>;
  readonly detectEngines: () => Promise<readonly EngineKind[]>;
  /** Absent: of the scope. */
  readonly lockPath?: string;
}

/**
 * This machine as a host. Nothing is loaded or connected before it is needed: D-Bus, the engines' drivers and child
 * processes cost more than most commands take.
 */
export function createLocalHost(parts: Partial<LocalParts> = {}): Host {
  const { connectSystemd, connectEngine, detectEngines, lockPath = paths.lock } = { ...localParts, ...parts };
  const files = createLocalFiles();
  const engines = new Map<EngineKind, Promise<Engine>>();
  let systemd: Promise<Systemd> | undefined;
  let facts: Promise<HostFacts> | undefined;
  let open: Systemd | undefined;
  let closed = false;

  function connected(): Promise<Systemd> {
    const connecting = connectSystemd();
    connecting.then(
      // A look whose flow failed beside it may go on after the end: left open, its connection keeps gear from ending.
      (made) => (closed ? made.close() : (open = made)),
      // A failed connection is not kept: the next call tries again.
      () => (systemd = undefined),
    );
    return connecting;
  }

  function engineOf(kind: EngineKind): Promise<Engine> {
    const connecting = connectEngine(kind);
    connecting.catch(() => engines.delete(kind));
    engines.set(kind, connecting);
    return connecting;
  }

  return {
    files,
    journal: lazyJournal(),
    lock: lazyLock(lockPath),
    sendLock: (name) => lazyLock(`${paths.sending}/${name}`, { what: sendLockName }),
    volumeLock: (name) => lazyLock(`${paths.restoring}/${name}`, { what: volumeLockName }),
    facts: async () => {
      const { readFacts } = await import('./facts.ts');
      return (facts ??= readFacts(files, detectEngines));
    },
    systemd: () => (systemd ??= connected()),
    engine: (kind) => engines.get(kind) ?? engineOf(kind),
    secretKey: async () => (await import('./secret-key.ts')).readSecretKey(files),
    offerSecretKey: async () => (await import('./secret-key.ts')).offerSecretKey(files),
    listening: async () => (await import('./listening.ts')).listeningPorts(),
    routes: async () => (await import('./routes.ts')).hostRoutes(),
    run: async (command, input) => (await import('./run.ts')).runLocal(command, input),
    attach: async (command, options) => (await import('./attach.ts')).attachLocal(command, options),
    pipe: async (command, options = {}) => {
      const { pipeCommand } = await import('./pipe.ts');
      const { env } = process;
      return pipeCommand(command, options, { environment: { PATH: env['PATH'], LC_ALL: 'C.UTF-8' } });
    },
    canBind: async (port) => (await import('./can-bind.ts')).canBind(port),
    close: () => {
      closed = true;
      open?.close();
      open = undefined;
      return Promise.resolve();
    },
  };
}

const localParts: LocalParts = {
  connectSystemd: async () => (await import('../systemd/local.ts')).connectSystemd(),
  connectEngine: async (kind) => (await import('../engine/connect.ts')).connectEngine(kind),
  detectEngines: async () => {
    const { detectEngines } = await import('../engine/connect.ts');
    return (await detectEngines()).map(({ kind }) => kind);
  },
};
