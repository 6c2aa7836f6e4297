import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import {
  descriptorPaths,
  fileFlag,
  plainFromFlag,
  profileFlag,
  strictFlag,
} from '../cli/descriptor-paths.ts';
import { readApps } from '../cli/read-apps.ts';
import { wordsOf } from '../cli/words.ts';
import { printCheck } from '../report/check.ts';
import { toSarif } from '../report/sarif.ts';
import type { CheckReport } from '../report/values-of-plans.ts';

export default class Check extends BaseCommand {
  static override summary = 'Look for mistakes in descriptors, all of them at once';
  static override usage = 'check FILE|FOLDER… [-f FILE…] [FLAGS]';
  static override description =
    'Each FILE is an app, and of a FOLDER each .yaml, .yml and .json file. Nothing is changed and no engine is asked. Mistakes are told with file, line and column, and what to write instead (exit status 4).';
  static override examples = [
    '<%= config.bin %> check gear.yaml',
    '<%= config.bin %> check -f base.yaml -f prod.yaml',
    '<%= config.bin %> check apps/ --format sarif',
  ];
  static override strict = false;
  static override flags = {
    file: fileFlag,
    strict: strictFlag,
    profile: profileFlag,
    from: plainFromFlag,
    format: Flags.option({
      options: ['text', 'sarif'] as const,
      description: 'How mistakes are told; sarif is for code hosts',
      default: 'text',
    })(),
  };

  async run(): Promise<CheckReport> {
    const { raw, flags } = await this.parse(Check);
    const { strict } = flags;
    const input = await readApps(descriptorPaths('check', wordsOf(raw), flags), undefined, {
      strict,
      brief: true,
    });
    const sarif = flags.format === 'sarif';
    const report = await this.runFlow({
      command: 'check',
      flow: async (context) => (await import('../flows/check.ts')).check(context, { ...input, fail: !sarif }),
      print: (value) =>
        sarif ? JSON.stringify(toSarif(value.failures, this.config.version), null, 2) : printCheck(value),
    });
    if (report.failures.length > 0) this.endWith('input');
    return report;
  }
}
