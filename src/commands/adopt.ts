import { Args, Flags } from '@oclif/core';
import { adoptFlags, adoptHost, adoptLine, readAdoptSource } from '../cli/adopt-source.ts';
import { confirmText } from '../cli/confirm-text.ts';
import { errorStyle } from '../cli/error-style.ts';
import { waitFlags } from '../cli/flags.ts';
import { HostsCommand } from '../cli/hosts-command.ts';
import { hostOf, oneHostFlag } from '../cli/one-host.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { printAdoption, printAdoptionPlan } from '../report/adopt.ts';
import type { AdoptReport } from '../report/values-of-adoption.ts';

export default class Adopt extends HostsCommand {
  static override summary = 'Make containers that run already those of gear, without stopping them';
  static override usage = [
    'adopt CONTAINER… [--name NAME] [--unit UNIT] [--yes]',
    'adopt --compose FILE… [--yes]',
  ];
  static override description =
    'Reads from the engine what a container was made with, shows it, and asks. With Docker the same process goes on, renamed and under a unit; with Podman it is made anew, which is said first. Volumes stay. gear release gives it back. --compose takes over the project of a Compose file that runs, with its volumes and networks, all of it or nothing; --quadlet what Quadlet generates from a folder; --geard what units of geard run.';
  static override examples = [
    '<%= config.bin %> adopt old-db --name db',
    '<%= config.bin %> adopt web --unit web-docker.service --yes',
    '<%= config.bin %> adopt web1/old-db --name db',
    '<%= config.bin %> adopt --compose compose.yaml',
    '<%= config.bin %> adopt --quadlet /etc/containers/systemd --name shop',
  ];
  static override strict = false;
  static override args = {
    container: Args.string({ description: 'Name of a container, as the engine has it' }),
  };
  static override flags = {
    name: Flags.string({ description: 'Name that it gets; its own without', helpValue: 'NAME' }),
    unit: Flags.string({
      description: 'Unit that runs it at present; it is stopped without the container, and disabled',
      helpValue: 'UNIT',
    }),
    ...adoptFlags,
    ...oneHostFlag,
    yes: Flags.boolean({ char: 'y', description: 'Do not ask' }),
    timeout: waitFlags.timeout,
  };

  async run(): Promise<AdoptReport> {
    const { raw, flags } = await this.parse(Adopt);
    const { host, containers } = adoptHost(wordsOf(raw), flags);
    const source = await readAdoptSource(containers, flags);
    const { timeoutMs } = waitOptions({ 'no-wait': false, timeout: flags.timeout });
    const line = adoptLine(containers, flags);
    const typed = host === null ? line : `${line} --host ${host}`;
    const confirm = (plan: AdoptReport): Promise<boolean> =>
      flags.yes
        ? Promise.resolve(true)
        : confirmText(printAdoptionPlan(plan, errorStyle()), typed, host ?? undefined);
    return this.runOnOne({
      on: await hostOf(host),
      command: line,
      flow: async (context) =>
        (await import('../flows/adopt-source.ts')).adoptSource(context, source, { timeoutMs, confirm }),
      print: printAdoption,
    });
  }
}
