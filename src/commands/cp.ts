import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { absolute } from '../cli/descriptor-paths.ts';
import { FailureError } from '../errors/failure.ts';
import type { CopyEnd } from '../flows/copy.ts';
import { printCopy } from '../report/daily.ts';
import type { CopyReport } from '../report/values.ts';

export default class Copy extends BaseCommand {
  static override summary = 'Copy files into a container, or out of it';
  static override usage = 'cp NAME:PATH PATH | cp PATH NAME:PATH';
  static override description =
    'As docker cp. The container need not run. What is copied into it is lost with the container, at its next update: keep data in volumes.';
  static override examples = [
    '<%= config.bin %> cp web:/etc/nginx/nginx.conf .',
    '<%= config.bin %> cp ./dump.sql shop.db:/tmp/dump.sql',
  ];
  static override args = {
    from: Args.string({ description: 'What to copy, e.g. web:/etc/hosts', required: true }),
    to: Args.string({ description: 'Where to', required: true }),
  };

  async run(): Promise<CopyReport> {
    const { args } = await this.parse(Copy);
    const [from, to] = [endOf(args.from), endOf(args.to)];
    if ((from.name === undefined) === (to.name === undefined)) {
      throw new FailureError({
        code: 'USAGE',
        message: 'one of both is a path in a container, and the other is not',
        next: 'gear cp web:/etc/hosts ./hosts',
      });
    }
    return this.runFlow({
      command: 'cp',
      flow: async (context) => (await import('../flows/copy.ts')).copyBetween(context, from, to),
      print: printCopy,
    });
  }
}

/** `NAME:/path`; what has a slash before the colon, or none, is a path of this machine. */
function endOf(word: string): CopyEnd {
  const [, name, inside] = /^([^/:]+):(.*)$/s.exec(word) ?? [];
  return name === undefined || inside === undefined ? { path: absolute(word) } : { name, path: inside };
}
