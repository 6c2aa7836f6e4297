import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { gear } from './gear.ts';
import type { Count } from './table.ts';

const folders = '/etc/gear /etc/systemd/system /var/lib/gear /run/gear';

/** What an install of what is there already writes and reloads. */
export async function countUnchanged(host: Host): Promise<readonly Count[]> {
  const install = [gear, 'install', sleepImage().tag, 'same', '--engine', 'docker'];
  await host.exec(install);
  const before = await filesOf(host);
  const reloadsBefore = await reloadsOf(host);
  if (reloadsBefore === 0)
    throw new Error('the journal does not tell of the reload that the first install made');
  await host.exec(install);
  const after = await filesOf(host);
  const written = [...after].filter((line) => !before.has(line));
  const gone = [...before].filter((line) => !after.has(line));
  const reloads = (await reloadsOf(host)) - reloadsBefore;
  await host.exec([gear, 'rm', 'same']);
  return [
    { what: 'unchanged install: files written', found: written.length + gone.length },
    { what: 'unchanged install: reloads', found: reloads },
  ];
}

/** Every file with its inode, size and times. The lock holds the name of who has it, so it is written by anyone. */
async function filesOf(host: Host): Promise<ReadonlySet<string>> {
  const text = await host.sh(`find ${folders} ! -name lock -printf '%p %i %s %T@ %C@\\n'`);
  return new Set(text.split('\n'));
}

/** systemd writes a line for each reload that somebody asks for. */
async function reloadsOf(host: Host): Promise<number> {
  const lines = await host.sh(
    `journalctl --sync; journalctl -b -q -o cat _PID=1 | grep -c '^Reloading' || true`,
  );
  return Number(lines);
}
