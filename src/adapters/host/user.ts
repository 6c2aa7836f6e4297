import type { Host, HostFacts } from '../../ports/host.ts';
import { createLocalHost } from './local.ts';
import { type UserAccount, userAccount } from './user-account.ts';
import { asUser, readUserManagerFacts, userEnvironment } from './user-manager.ts';

/**
 * This machine as its user has it: the user's own systemd, and engines without root. Everything else is as on any host; the
 * commands that ask systemd are told which.
 */
export function createUserHost(account: UserAccount = userAccount()): Host {
  const { runtime } = account.folders;
  const environment = userEnvironment(account);
  const host = createLocalHost({
    connectSystemd: async () => (await import('../systemd/user.ts')).connectUserSystemd(runtime),
    connectEngine: async (kind) => (await import('../engine/rootless.ts')).connectRootless(kind, runtime),
    detectEngines: async () => (await import('../engine/rootless.ts')).detectRootless(),
  });
  const asTheirs = async (command: readonly string[]): Promise<readonly string[]> =>
    asUser(command, (await host.facts()).engines.includes('podman') ? 'podman' : 'docker');
  const run: Host['run'] = async (command, input) =>
    (await import('./run.ts')).runLocal(await asTheirs(command), input, { environment });
  let facts: Promise<HostFacts> | undefined;

  async function readFacts(): Promise<HostFacts> {
    const [ofMachine, userManager] = await Promise.all([host.facts(), readUserManagerFacts(account, run)]);
    return { ...ofMachine, userManager };
  }

  return {
    ...host,
    journal: lazyUserJournal(),
    facts: () => (facts ??= readFacts()),
    run,
    attach: async (command, options = {}) =>
      host.attach(await asTheirs(command), {
        ...options,
        environment: { ...environment, ...options.environment },
      }),
    pipe: async (command, options = {}) => {
      const { pipeCommand } = await import('./pipe.ts');
      const { PATH } = process.env;
      return pipeCommand(await asTheirs(command), options, {
        environment: { PATH, LC_ALL: 'C.UTF-8', ...environment },
      });
    },
  };
}

/** What the units of this user wrote; the reader is loaded when something is read. */
function lazyUserJournal(): Host['journal'] {
  const load = async (): Promise<Host['journal']> => {
    const { JournalctlJournal } = await import('../systemd/journal.ts');
    return new JournalctlJournal({ scope: 'user' });
  };
  return {
    async *read(options) {
      yield* (await load()).read(options);
    },
    last: async (unit, lines, sinceMs) => (await load()).last(unit, lines, sinceMs),
  };
}
