import { Args, Flags } from '@oclif/core';
import { byteSink, newDigest } from '../../cli/context.ts';
import { HostsCommand, type OnHosts } from '../../cli/hosts-command.ts';
import { hostFlag, targetsOf } from '../../cli/targets.ts';
import { expectFreeStdout, expectOneHost, readFreeze, volumeEngine } from '../../cli/volume-options.ts';
import { printBackup } from '../../report/volumes.ts';
import type { BackupReport } from '../../report/values-of-volumes.ts';

export default class VolumeBackup extends HostsCommand {
  static override summary = 'Copy what is in a volume into an archive';
  static override usage = 'volume backup VOLUME FILE|- [FLAGS]';
  static override description =
    'A tar archive that any tar reads, with numeric owners, extended attributes, and a checksum at its end which gear volume restore verifies. With --host the file is on this machine all the same. --freeze and --thaw run in the container that has the volume, without a shell; --thaw runs however the copy ends.';
  static override examples = [
    '<%= config.bin %> volume backup shop_db /backup/shop_db.tar',
    '<%= config.bin %> volume backup web_data data.tar --freeze "fsfreeze --freeze /data" --thaw "fsfreeze --unfreeze /data"',
    '<%= config.bin %> volume backup web1/shop_db -',
  ];
  static override args = {
    volume: Args.string({ description: 'Name of the volume', required: true }),
    file: Args.string({ description: 'File to write, "-" for stdout', required: true }),
  };
  static override flags = {
    freeze: Flags.string({ description: 'Run this in the container before', helpValue: 'COMMAND' }),
    thaw: Flags.string({
      description: 'Run this in the container after',
      helpValue: 'COMMAND',
      dependsOn: ['freeze'],
    }),
    in: Flags.string({
      description: 'Container of --freeze, where several have the volume',
      helpValue: 'NAME',
    }),
    engine: volumeEngine,
    ...hostFlag,
  };

  async run(): Promise<OnHosts<BackupReport>> {
    const { args, flags } = await this.parse(VolumeBackup);
    const { file } = args;
    if (file === '-') expectFreeStdout(args.volume, this.jsonEnabled());
    const asked = {
      ...readFreeze(flags),
      ...(flags.engine === undefined ? {} : { engine: flags.engine }),
    };
    const targets = await targetsOf([args.volume], flags.host);
    expectOneHost(targets);
    const [sink, digest] = [await byteSink(file), await newDigest()];
    return this.runOnHosts({
      command: `volume backup ${args.volume}`,
      targets,
      flow: async (context, [volume = '']) =>
        (await import('../../flows/volume-backup.ts')).backupVolume(context, {
          ...asked,
          ...{ volume, file, sink, digest },
        }),
      print: file === '-' ? () => '' : printBackup,
    });
  }
}
