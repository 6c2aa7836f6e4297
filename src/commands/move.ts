import { randomBytes } from 'node:crypto';
import { Args, Flags } from '@oclif/core';
import { BetweenCommand } from '../cli/between-command.ts';
import { waitFlags } from '../cli/flags.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { printMove } from '../report/move.ts';
import type { MoveReport } from '../report/values.ts';

export default class Move extends BetweenCommand {
  static override summary = 'Move an app to another host, with its data';
  static override usage = 'move [HOST/]APP HOST [--with-volumes | --without-volumes]';
  static override description =
    'Copies volumes while the app runs, stops it, copies what changed meanwhile, starts it on the other host, waits until it is ready, and only then removes it where it was; its volumes stay there. At no moment do both run it. Where it does not become ready it goes back. A command that was cut off is repeated, and goes on.';
  static override examples = [
    '<%= config.bin %> move web1/shop web2 --with-volumes',
    '<%= config.bin %> move shop web2',
    '<%= config.bin %> move web1/shop local --without-volumes',
  ];
  static override args = {
    name: Args.string({ description: 'The app, and the host that it leaves', required: true }),
    host: Args.string({ description: 'The host that it moves to', required: true }),
  };
  static override flags = {
    'with-volumes': Flags.boolean({
      description: 'Take along what is in its volumes',
      exclusive: ['without-volumes'],
    }),
    'without-volumes': Flags.boolean({ description: 'Begin with empty volumes' }),
    'replace-volumes': Flags.boolean({
      description: 'Delete what the other host has in volumes of those names',
      dependsOn: ['with-volumes'],
    }),
    ...waitFlags,
  };

  async run(): Promise<MoveReport> {
    const { args, flags } = await this.parse(Move);
    const taking = flags['with-volumes'] ? 'take' : flags['without-volumes'] ? 'empty' : null;
    return this.runBetween({
      command: `move ${args.name} ${args.host}`,
      name: args.name,
      host: args.host,
      flow: async (between, names) =>
        (await import('../flows/move/move-app.ts')).moveApp(between, {
          ...names,
          volumes: taking,
          replace: flags['replace-volumes'],
          token: randomBytes(8).toString('hex'),
          ...waitOptions(flags),
        }),
      print: printMove,
    });
  }
}
