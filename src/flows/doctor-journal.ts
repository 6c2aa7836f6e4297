import { paths } from '../core/model/paths.ts';
import { unitName } from '../core/model/unit-names.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { DoctorCheck } from '../report/values.ts';
import type { FlowContext } from './context.ts';

/** SD_MESSAGE_JOURNAL_DROPPED of systemd's sd-messages.h. */
const droppedMessage = 'a596d6fe7bfa4994828e72309e95d61e';

/** What is lost of what containers write, or will be. */
export async function checkJournal(context: FlowContext): Promise<readonly DoctorCheck[]> {
  return [...(await checkStorage(context)), ...(await checkDropped(context))];
}

async function checkStorage({ host }: FlowContext): Promise<readonly DoctorCheck[]> {
  if ((await host.files.list('/var/log/journal')).length > 0) return [];
  const message = 'the journal is in memory: what containers wrote is gone after a reboot';
  const next = 'mkdir -p /var/log/journal; systemctl restart systemd-journald';
  return [{ name: 'journal', state: 'warning', message, next }];
}

/** Of a unit that writes much at once, journald leaves lines out, and tells so in a line of its own alone. */
async function checkDropped({ host }: FlowContext): Promise<readonly DoctorCheck[]> {
  // Of users' units journald tells the system's journal, which they may not read.
  if (paths.scope === 'user') return [];
  const words = ['--quiet', '--no-pager', '--output=json', '--since=-1d', `MESSAGE_ID=${droppedMessage}`];
  const { status, stdout } = await host.run(['journalctl', ...words]);
  if (status !== 0) return [];
  const dropped = new Map<unknown, number>();
  for (const line of stdout.split('\n').filter((each) => each !== '')) {
    const entry = JSON.parse(line) as Readonly<Record<string, unknown>>;
    const unit = entry['OBJECT_SYSTEMD_UNIT'];
    dropped.set(unit, (dropped.get(unit) ?? 0) + Number(entry['N_DROPPED']));
  }
  const instances = (await readCurrentManifest(host.files))?.instances ?? [];
  return instances.flatMap(({ name, spec }): readonly DoctorCheck[] => {
    const lines = dropped.get(unitName(name));
    // Of one that has a limit of its own by now, it was before that.
    const isMended = spec.directives?.some((each) => each.name.startsWith('LogRateLimit')) === true;
    if (lines === undefined || isMended) return [];
    const message = `within a day the journal left out ${String(lines)} of its lines: it wrote too many at once`;
    const next = `gear set ${name} --service LogRateLimitIntervalSec=0`;
    return [{ name, state: 'warning', message, next }];
  });
}
