import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { HostAddress } from '../../core/model/host-address.ts';
import { FailureError } from '../../errors/failure.ts';
import type { HostKeys, OfferedKey } from '../../ports/host-keys.ts';
import { type CommandOutcome, runCommand } from '../process/command.ts';
import { refusal } from '../files/refusal.ts';
import { appendLines } from './append-lines.ts';
import { connectFailure, silentFailure } from './failure.ts';
import { configurationArguments, meetingArguments } from './options.ts';

/** A host that is there shows its key in a fraction of a second. */
const meetingTimeoutMs = 10_000;

/** The user's known_hosts, by ssh(1) itself: jumps, aliases and hashed names are as ssh_config says. */
export function createHostKeys(): HostKeys {
  return {
    async offered(address) {
      const known = await meet(address, meetingArguments(address));
      const failure = reached(known) ? null : connectFailure(address, known.stderr);
      if (failure === null) return null;
      if (failure.failures[0]?.code !== 'HOST_KEY_UNKNOWN') throw failure;
      return recordKey(address);
    },
    known: knownFingerprints,
    shown: recordKey,
    async trust(address, { lines }) {
      const file = await knownHostsFile(address);
      try {
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await appendLines(file, lines);
      } catch (error) {
        throw refusal(error, 'write', file);
      }
    },
  };
}

/** Lets ssh write the key into a file of its own. No login is tried: the host may be anybody. */
async function recordKey(address: HostAddress): Promise<OfferedKey> {
  const folder = await mkdtemp(join(tmpdir(), 'gear-key-'));
  try {
    const file = join(folder, 'known_hosts');
    const met = await meet(address, meetingArguments(address, file));
    if (!reached(met)) throw connectFailure(address, met.stderr);
    const { stdout } = await ssh('ssh-keygen', ['-l', '-f', file]);
    const [, fingerprint = '', algorithm = ''] = /(SHA256:\S+).*\((\S+)\)/.exec(stdout) ?? [];
    if (fingerprint === '') throw connectFailure(address, met.stderr);
    return { fingerprint, algorithm, lines: await readFile(file, 'utf8') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Under the name that ssh(1) looks for, hashed or not. A line with a mark is of an authority, or taken back. */
async function knownFingerprints(address: HostAddress): Promise<readonly string[]> {
  const { stdout } = await ssh('ssh', configurationArguments(address));
  const valueOf = (key: string): string => new RegExp(`^${key} (.*)$`, 'im').exec(stdout)?.[1] ?? '';
  const [host, port] = [valueOf('hostname'), valueOf('port')];
  const alias = valueOf('hostkeyalias');
  const name = alias !== '' ? alias : port === '22' ? host : `[${host}]:${port}`;
  const files = `${valueOf('userknownhostsfile')} ${valueOf('globalknownhostsfile')}`.split(/ +/);
  const listed = await Promise.all(
    files
      .filter((file) => file !== '' && file !== 'none')
      .map((file) => ssh('ssh-keygen', ['-l', '-F', name, '-f', atHome(file)])),
  );
  // A file that is not there has none.
  return listed.flatMap((each) =>
    [...each.stdout.matchAll(/^# Host .* found: line \d+ *\n.* (SHA256:\S+)/gm)].map(
      ([, found = '']) => found,
    ),
  );
}

/** Refused for want of a login, or let in without one: the key was as it should be. */
function reached({ status, stderr }: CommandOutcome): boolean {
  return status === 0 || /Permission denied|No more authentication methods/i.test(stderr);
}

async function meet(address: HostAddress, args: readonly string[]): Promise<CommandOutcome> {
  const outcome = await ssh('ssh', args);
  if (outcome.timedOut) throw silentFailure(address, meetingTimeoutMs);
  return outcome;
}

/** The first file that ssh(1) itself would write a key to. */
async function knownHostsFile(address: HostAddress): Promise<string> {
  const { stdout } = await ssh('ssh', configurationArguments(address));
  const [, first = ''] = /^userknownhostsfile (\S+)/im.exec(stdout) ?? [];
  if (first === '' || first === 'none') return join(homedir(), '.ssh', 'known_hosts');
  return atHome(first);
}

function atHome(file: string): string {
  return file.replace(/^~(?=\/)/, homedir());
}

async function ssh(program: string, args: readonly string[]): Promise<CommandOutcome> {
  const environment = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  try {
    return await runCommand(program, args, { environment, timeoutMs: meetingTimeoutMs });
  } catch (error) {
    throw new FailureError({
      code: 'SSH_FAILED',
      message: `${program} cannot be run: ${error instanceof Error ? error.message : String(error)}`,
      next: 'install it (Debian: apt install openssh-client)',
    });
  }
}
