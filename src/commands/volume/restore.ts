import { Args, Flags } from '@oclif/core';
import { newDigest, openBytes } from '../../cli/context.ts';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../../cli/targets.ts';
import { expectOneHost, expectPipedStdin, volumeEngine } from '../../cli/volume-options.ts';
import { printRestore } from '../../report/volumes.ts';
import type { RestoreReport } from '../../report/values-of-volumes.ts';

export default class VolumeRestore extends HostsCommand {
  static override summary = 'Put what an archive has into a volume';
  static override usage = 'volume restore VOLUME FILE|- [FLAGS]';
  static override description =
    'The volume is made where it is not there, so an empty host gets its data before its containers. All of the archive is unpacked beside the data and verified first; then it takes its place, so an interruption leaves the old data, and the same command finishes. Refused for a volume with data without --force, and always for one that a running container has. Archives of tar itself are taken too; of these only the end can be checked. Restore only what you trust: it may hold programs that run as root.';
  static override examples = [
    '<%= config.bin %> volume restore shop_db /backup/shop_db.tar',
    '<%= config.bin %> volume restore web2/shop_db -',
  ];
  static override args = {
    volume: Args.string({ description: 'Name of the volume', required: true }),
    file: Args.string({ description: 'Archive, "-" for stdin', required: true }),
  };
  static override flags = {
    force: Flags.boolean({ description: 'Replace the data that the volume has' }),
    engine: volumeEngine,
    ...hostFlag,
  };

  async run(): Promise<OnHosts<RestoreReport>> {
    const { args, flags } = await this.parse(VolumeRestore);
    const { file } = args;
    if (file === '-') expectPipedStdin(args.volume);
    const targets = await targetsOf([args.volume], flags.host);
    expectOneHost(targets);
    const [source, digest] = [await openBytes(file), await newDigest()];
    return this.runOnHosts({
      command: `volume restore ${args.volume}`,
      targets,
      flow: async (context, [volume = '']) =>
        (await import('../../flows/volume-restore.ts')).restoreVolume(context, {
          ...{ volume, file: file === '-' ? 'the archive' : file, source, digest, force: flags.force },
          ...(flags.engine === undefined ? {} : { engine: flags.engine }),
        }),
      print: printRestore,
    });
  }
}
