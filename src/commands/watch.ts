import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import type { JsonForm } from '../cli/end-with-failures.ts';
import { waitFlags } from '../cli/flags.ts';
import type { WatchReport } from '../cli/watch/watch-report.ts';
import { watchFlow } from '../cli/watch/watch-flow.ts';
import { wordsOf } from '../cli/words.ts';
import { newsWriter } from '../report/watch-writer.ts';
import type { WatchServiceReport } from '../flows/watch-service.ts';

export default class Watch extends BaseCommand {
  static override summary = 'Keep this host true to folders of descriptors';
  static override usage = 'watch FOLDER… [FLAGS]';
  static override description =
    'Each file of a folder is an app: new, changed, renamed and deleted files are applied within a second or so. A file with mistakes leaves what runs as it is; a folder that vanishes or is empty removes nothing; a deleted file removes its app after ten seconds, its volumes stay. Runs until Ctrl-C; SIGHUP looks again at once. With --json, one object a line.';
  static override examples = [
    '<%= config.bin %> watch /etc/apps',
    '<%= config.bin %> watch /etc/apps --install',
    '<%= config.bin %> watch --git https://example.com/apps.git#main:hosts/web --install',
    '<%= config.bin %> watch /etc/apps --once',
    '<%= config.bin %> watch /etc/apps /srv/more --allow-empty',
  ];
  static override strict = false;
  static override flags = {
    git: Flags.string({
      description: 'Watch a branch, tag or folder of a repository; it is asked every minute, and on SIGHUP',
      helpValue: 'URL[#REF[:FOLDER]]',
    }),
    install: Flags.boolean({
      description: 'Do this as a service from now on, on boot too: gear-watch.service',
      default: false,
      exclusive: ['once', 'uninstall'],
    }),
    uninstall: Flags.boolean({ description: 'Remove that service; containers run on', default: false }),
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

  async run(): Promise<WatchReport | WatchServiceReport> {
    const { raw, flags } = await this.parse(Watch);
    const words = wordsOf(raw);
    const report = await this.runFlow({
      command: `watch ${words.join(' ')}`,
      flow: watchFlow(words, flags, this.argv, newsWriter(this.jsonEnabled())),
      print: (value) => ('unit' in value ? `${value.unit} ${value.result}` : ''),
      endless: isEndless(flags),
    });
    if (flags.once && 'failures' in report) this.endWithFailures(report.failures);
    return report;
  }

  protected override jsonForm(): JsonForm {
    return 'lines';
  }

  protected override logJson(value: unknown): void {
    // What a watch told was written as it came.
    if (typeof value === 'object' && value !== null && 'unit' in value) super.logJson(value);
  }
}

/** Ends by Ctrl-C alone. */
function isEndless(flags: Readonly<Record<'install' | 'uninstall' | 'once', boolean>>): boolean {
  return !flags.install && !flags.uninstall && !flags.once;
}
