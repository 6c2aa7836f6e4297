import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { confirmLabels, labelCaller, labelFlags, onlyHere } from '../cli/label-options.ts';
import { hostFlag, targetsOf } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import { printChange } from '../report/change.ts';
import type { ChangeReport } from '../report/values.ts';

export default class Remove extends HostsCommand {
  static override summary = 'Stop and remove containers or whole apps; their volumes stay';
  static override usage = 'rm NAME… [--volumes]';
  static override description = `Removes the unit and the container; with the name of an app all of its containers, which are listed, and its networks. Volumes stay, and a later install of the same name finds them; --volumes deletes those that gear made, also after the container is gone.`;
  static override examples = [
    '<%= config.bin %> rm web',
    '<%= config.bin %> rm db --volumes',
    '<%= config.bin %> rm shop',
  ];
  static override aliases = ['delete'];
  static override strict = false;
  static override args = {
    name: Args.string({ description: 'Name of a container, of its unit, or of an app', required: true }),
  };
  static override flags = {
    volumes: Flags.boolean({ description: 'Also delete the volumes that gear made for them, with all data' }),
    ...labelFlags,
    ...hostFlag,
  };

  async run(): Promise<OnHosts<ChangeReport>> {
    const { raw, flags } = await this.parse(Remove);
    const names = wordsOf(raw);
    if (flags['use-labels']) return this.#removeByLabels(names, flags);
    return this.runOnHosts({
      command: `rm ${names.join(' ')}`,
      targets: await targetsOf(names, flags.host),
      flow: async (context, on) =>
        (await import('../flows/remove.ts')).removeContainers(context, { names: on, volumes: flags.volumes }),
      print: printChange,
    });
  }

  async #removeByLabels(
    names: readonly string[],
    {
      host,
      yes,
      volumes,
    }: { readonly host?: readonly string[] | undefined; readonly yes: boolean; readonly volumes: boolean },
  ): Promise<ChangeReport> {
    const name = onlyHere(await targetsOf(names, host), names);
    const command = `rm ${name} --use-labels`;
    return this.runFlow({
      command,
      flow: async (context) =>
        (await import('../flows/label-remove.ts')).removeByLabels(context, {
          name,
          volumes,
          caller: labelCaller(),
          confirm: (image, labels) => confirmLabels(image, labels, { yes, command }),
        }),
      print: printChange,
    });
  }
}
