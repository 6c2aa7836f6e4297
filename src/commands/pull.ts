import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { hostFlag, targetsFor } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import { printPulled } from '../report/daily.ts';
import type { PulledImage } from '../report/values-of-images.ts';

export default class Pull extends HostsCommand {
  static override summary = 'Fetch images, by their names or those of containers that use them';
  static override usage = 'pull IMAGE|NAME… [FLAGS]';
  static override description =
    'Credentials are those of whoever asks. Nothing that runs is touched: gear set NAME --pull always has a container take what is new.';
  static override examples = ['<%= config.bin %> pull nginx:1.28', '<%= config.bin %> pull web shop'];
  static override strict = false;
  static override args = {
    image: Args.string({ description: 'Image, or name of a container or app', required: true }),
  };
  static override flags = {
    engine: Flags.option({
      options: ['docker', 'podman'] as const,
      description: 'Engine that fetches it; else that of the container, Docker before Podman',
    })(),
    ...hostFlag,
  };

  async run(): Promise<OnHosts<readonly PulledImage[]>> {
    const { raw, flags } = await this.parse(Pull);
    const words = wordsOf(raw);
    return this.runOnHosts({
      command: `pull ${words.join(' ')}`,
      targets: await targetsFor(words, flags.host),
      flow: async (context, on) => (await import('../flows/pull.ts')).pullImages(context, on, flags.engine),
      print: printPulled,
    });
  }
}
