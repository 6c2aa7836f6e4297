import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Down extends HostsCommand {
  static override summary = 'Stop and remove whole apps; their volumes stay';
  static override usage = 'down APP… [--volumes]';
  static override description =
    'As gear rm APP, and takes the names of apps alone. Their networks go too; volumes stay, and a later apply finds them.';
  static override examples = ['<%= config.bin %> down shop', '<%= config.bin %> down shop blog --volumes'];
  static override strict = false;
  static override args = { app: Args.string({ description: 'Name of an app', required: true }) };
  static override flags = {
    volumes: Flags.boolean({ description: 'Also delete the volumes that gear made for them, with all data' }),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(Down);
    const apps = wordsOf(raw);
    return this.runOnHosts({
      command: `down ${apps.join(' ')}`,
      targets: await targetsOf(apps, flags.host),
      flow: async (context, on) =>
        (await import('../flows/down.ts')).takeDown(context, { apps: on, volumes: flags.volumes }),
      print: printChange,
    });
  }
}
