import { Args, Flags } from '@oclif/core';
import { HostsCommand, type OnHosts } from '../cli/hosts-command.ts';
import { pushTargets, withImagesOf } from '../cli/image-origin.ts';
import { hostFlag } from '../cli/targets.ts';
import { wordsOf } from '../cli/words.ts';
import { printPushed } from '../report/pushes.ts';
import type { PushedImage } from '../report/values-of-images.ts';

export default class Push extends HostsCommand {
  static override summary = 'Send an image to other hosts without a registry';
  static override usage = 'push IMAGE HOST… [FLAGS]';
  static override description =
    'Only the layers that a host lacks travel, compressed. The same command goes on where a lost connection ended it. Nothing that runs is touched: gear set NAME --image IMAGE has a container take it.';
  static override examples = [
    '<%= config.bin %> push shop:2 web1 web2',
    '<%= config.bin %> push shop:2 --host zone=a --engine podman',
    '<%= config.bin %> push registry.example.com/private:1 web2 web3 --from web1',
  ];
  static override strict = false;
  static override args = {
    image: Args.string({ description: 'Image that an engine of this machine has', required: true }),
    host: Args.string({ description: 'Host that it is sent to, as for --host' }),
  };
  static override flags = {
    ...hostFlag,
    from: Flags.string({
      description: 'Send it from this host, over here, in place of this machine',
      helpValue: 'HOST',
    }),
    engine: Flags.option({
      options: ['docker', 'podman'] as const,
      description: 'Engine of the hosts that takes it; else the first that a host has, Docker before Podman',
    })(),
  };

  async run(): Promise<OnHosts<PushedImage>> {
    const { raw, flags } = await this.parse(Push);
    const [reference = '', ...words] = wordsOf(raw);
    const targets = await pushTargets(reference, [...words, ...(flags.host ?? [])]);
    return withImagesOf(flags.from, (origin) =>
      this.runOnHosts({
        command: `push ${reference}`,
        targets,
        flow: async (context) =>
          (await import('../flows/push.ts')).pushImage(context, {
            reference,
            engine: flags.engine,
            ...origin,
          }),
        print: printPushed,
      }),
    );
  }
}
