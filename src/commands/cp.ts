import { Args } from '@oclif/core';
import { thisMachine } from '../cli/context.ts';
import { absolute } from '../cli/descriptor-paths.ts';
import { HostsCommand } from '../cli/hosts-command.ts';
import { hostOf, oneHostFlag } from '../cli/one-host.ts';
import type { ChosenHost } from '../core/model/choose-hosts.ts';
import { FailureError } from '../errors/failure.ts';
import type { CopyEnd } from '../flows/copy.ts';
import { printCopy } from '../report/daily.ts';
import type { CopyReport } from '../report/values.ts';

export default class Copy extends HostsCommand {
  static override summary = 'Copy files into a container, or out of it';
  static override usage = 'cp [HOST/]NAME:PATH PATH | cp PATH [HOST/]NAME:PATH';
  static override description =
    'As docker cp. The container need not run. What is copied into it is lost with the container, at its next update: keep data in volumes. A path of this machine with a colon in it begins with ./ or /.';
  static override examples = [
    '<%= config.bin %> cp web:/etc/nginx/nginx.conf .',
    '<%= config.bin %> cp ./dump.sql shop.db:/tmp/dump.sql',
    '<%= config.bin %> cp web1/shop:/var/log/app.log .',
  ];
  static override args = {
    from: Args.string({ description: 'What to copy, e.g. web:/etc/hosts', required: true }),
    to: Args.string({ description: 'Where to', required: true }),
  };
  static override flags = { ...oneHostFlag };

  async run(): Promise<CopyReport> {
    const { args, flags } = await this.parse(Copy);
    const { from, to, host } = endsOf(args.from, args.to);
    const on = await hostOf(host ?? flags.host);
    const here = isElsewhere(on) ? thisMachine() : null;
    return this.runOnOne({
      on,
      command: 'cp',
      flow: async (context) => (await import('../flows/copy.ts')).copyBetween(context, from, to, here),
      print: printCopy,
    });
  }
}

function isElsewhere(on: ChosenHost | null): boolean {
  return on !== null && on.address !== null;
}

/** An end with the host of its container. */
interface GivenEnd extends CopyEnd {
  readonly host?: string | undefined;
}

/** What is copied where, and the host of the container. FailureError USAGE. */
function endsOf(from: string, to: string) {
  const ends = { from: endOf(from), to: endOf(to) };
  const inside = [ends.from, ends.to].filter(({ name }) => name !== undefined);
  if (inside.length === 1) return { ...ends, host: inside[0]?.host };
  throw new FailureError({
    code: 'USAGE',
    message: 'one of both is a path in a container, and the other is not',
    next: 'gear cp web:/etc/hosts ./hosts',
  });
}

/**
 * `[HOST/]NAME:PATH`, with `[user@]host[:port]` for the host; what begins with `/` or `.`, or has no colon, is a path of
 * this machine.
 */
const inContainer = /^(?![./])(?:((?:[^/:@]+@)?(?:\[[^\]/]+\]|[^/:]+)(?::\d+)?)\/)?([^/:]+):(.*)$/s;

function endOf(word: string): GivenEnd {
  const found = inContainer.exec(word);
  if (found === null) return { path: localPath(word) };
  const [, host, name = '', path = ''] = found;
  return { host, name, path };
}

/** Absolute; a `/.` at the end, which means what is in the folder, stays. */
function localPath(word: string): string {
  return word.endsWith('/.') ? `${absolute(word)}/.` : absolute(word);
}
