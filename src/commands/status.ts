import { Args } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { askWatchIfAllowed } from '../cli/watch/ask-watch.ts';
import { otherTroubles, withTroubles } from '../cli/watch/troubles.ts';
import { wordsOf } from '../cli/words.ts';
import { printStatus } from '../report/status.ts';
import type { StatusRow } from '../report/values.ts';

export default class Status extends HostsCommand {
  static override summary = 'Show how containers are, and what is not as declared';
  static override usage = 'status [NAME…]';
  static override description =
    'Names what is wrong, with what to type and the last lines. Exit status 1 when something is wrong with a container that was named, 0 otherwise.';
  static override examples = ['<%= config.bin %> status', '<%= config.bin %> status web db --json'];
  static override strict = false;
  static override args = { name: Args.string({ description: 'Name of a container; all without' }) };
  static override flags = { ...hostFlag };

  async run(): Promise<OnHosts<readonly StatusRow[]>> {
    const { raw, flags } = await this.parse(Status);
    const names = wordsOf(raw);
    const watch = flags.host === undefined ? await askWatchIfAllowed() : null;
    return this.runOnHosts({
      command: 'status',
      targets: await targetsOf(names, flags.host),
      flow: async (context, on, host) => {
        const found = await (await import('../flows/status.ts')).statusOf(context, on);
        return found.ok && host === '' ? { ok: true, value: withTroubles(found.value, watch) } : found;
      },
      print: (value, style) =>
        printStatus(value, style, Date.now(), names.length === 0 ? otherTroubles(value, watch) : []),
      judge: (rows) =>
        names.length > 0 && rows.some((row) => row.problems.length > 0) ? { kind: 'failed' } : {},
    });
  }
}
