import { Args } from '@oclif/core';
import { BaseCommand } from '../../cli/base-command.ts';
import { waitFlags } from '../../cli/flags.ts';
import { readSetChange } from '../../cli/read-requests.ts';
import { waitOptions } from '../../cli/wait-options.ts';
import { wordsOf } from '../../cli/words.ts';
import { printChange } from '../../report/change.ts';
import type { ChangeReport } from '../../report/values.ts';

export default class EnvironmentUnset extends BaseCommand {
  static override summary = 'Take variables of a container away, which starts anew without them';
  static override usage = 'env unset NAME KEY…';
  static override description = 'As gear set NAME --unset-env KEY. Variables that the image sets stay.';
  static override examples = ['<%= config.bin %> env unset web TRACE', '<%= config.bin %> env unset web A B'];
  static override strict = false;
  static override args = {
    name: Args.string({ description: 'Name of a container', required: true }),
    key: Args.string({ description: 'Name of a variable', required: true }),
  };
  static override flags = { ...waitFlags };

  async run(): Promise<ChangeReport> {
    const { raw, flags } = await this.parse(EnvironmentUnset);
    const [name = '', ...keys] = wordsOf(raw);
    const { change, command } = await readSetChange({ words: [name] }, { 'unset-env': keys });
    return this.runFlow({
      command,
      flow: async (context) =>
        (await import('../../flows/set.ts')).setContainers(context, {
          ...change,
          pull: 'missing',
          ...waitOptions(flags),
        }),
      print: printChange,
    });
  }
}
