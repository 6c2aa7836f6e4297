import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { waitFlags } from '../cli/flags.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { watchedFolders } from '../cli/watch/watched-folders.ts';
import { wordsOf } from '../cli/words.ts';
import { newsWriter } from '../report/watch-writer.ts';
import type { WatchReport } from '../cli/watch/start.ts';

export default class Watch extends BaseCommand {
  static override summary = 'Keep this host true to folders of descriptors';
  static override usage = 'watch FOLDER… [FLAGS]';
  static override description =
    'Each file of a folder is an app: new, changed, renamed and deleted files are applied within a second or so. A file with mistakes leaves what runs as it is; a folder that vanishes or is empty removes nothing; a deleted file removes its app after ten seconds, its volumes stay. Runs until Ctrl-C; SIGHUP looks again at once. With --json, one object a line.';
  static override examples = [
    '<%= config.bin %> watch /etc/apps',
    '<%= config.bin %> watch /etc/apps --once',
    '<%= config.bin %> watch /etc/apps /srv/more --allow-empty',
  ];
  static override strict = false;
  static override flags = {
    once: Flags.boolean({ description: 'Do what is to be done now, and end', default: false }),
    'allow-empty': Flags.boolean({
      description: 'A folder that is empty or gone means that its apps are to go',
      default: false,
    }),
    drift: Flags.option({
      options: ['mend', 'report', 'ignore'] as const,
      description: 'What is done about containers that are not as declared any more',
      default: 'mend' as const,
    })(),
    'no-start': Flags.boolean({
      description: 'Install what is new stopped; gear start begins',
      default: false,
    }),
    timeout: waitFlags.timeout,
  };

  async run(): Promise<WatchReport> {
    const { raw, flags } = await this.parse(Watch);
    const folders = watchedFolders(wordsOf(raw));
    const tell = newsWriter(this.jsonEnabled());
    const report = await this.runFlow({
      command: `watch ${folders.join(' ')}`,
      flow: async (context) => {
        const { watchFolders } = await import('../cli/watch/start.ts');
        return watchFolders(context, {
          folders,
          once: flags.once,
          allowEmpty: flags['allow-empty'],
          drift: flags.drift,
          start: !flags['no-start'],
          ...waitOptions({ ...flags, 'no-wait': false }),
          tell,
        });
      },
      print: () => '',
      endless: true,
    });
    if (flags.once) this.endWithFailures(report.failures);
    return report;
  }

  protected override logJson(): void {
    // The news were written as they came.
  }
}
