import { Args, Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { confirmText } from '../cli/confirm-text.ts';
import { errorStyle } from '../cli/error-style.ts';
import { waitFlags } from '../cli/flags.ts';
import { waitOptions } from '../cli/wait-options.ts';
import { wordsOf } from '../cli/words.ts';
import { FailureError } from '../errors/failure.ts';
import { printAdoption, printAdoptionPlan } from '../report/adopt.ts';
import type { AdoptReport } from '../report/values-of-adoption.ts';

export default class Adopt extends BaseCommand {
  static override summary = 'Make containers that run already those of gear, without stopping them';
  static override usage = 'adopt CONTAINER… [--name NAME] [--unit UNIT] [--yes]';
  static override description =
    'Reads from the engine what a container was made with, shows it, and asks. With Docker the same process goes on, renamed and under a unit; with Podman it is made anew, which is said first. Volumes stay. gear release gives it back.';
  static override examples = [
    '<%= config.bin %> adopt old-db --name db',
    '<%= config.bin %> adopt web --unit web-docker.service --yes',
  ];
  static override strict = false;
  static override args = {
    container: Args.string({ description: 'Name of a container, as the engine has it', required: true }),
  };
  static override flags = {
    name: Flags.string({ description: 'Name that it gets; its own without', helpValue: 'NAME' }),
    unit: Flags.string({
      description: 'Unit that runs it at present; it is stopped without the container, and disabled',
      helpValue: 'UNIT',
    }),
    yes: Flags.boolean({ char: 'y', description: 'Do not ask' }),
    timeout: waitFlags.timeout,
  };

  async run(): Promise<AdoptReport> {
    const { raw, flags } = await this.parse(Adopt);
    const containers = wordsOf(raw);
    if (containers.length > 1 && (flags.name !== undefined || flags.unit !== undefined)) {
      throw new FailureError({
        code: 'USAGE',
        message: '--name and --unit are of one container',
        next: 'adopt them one by one',
      });
    }
    const { timeoutMs } = waitOptions({ 'no-wait': false, timeout: flags.timeout });
    return this.runFlow({
      command: `adopt ${containers.join(' ')}`,
      flow: async (context) =>
        (await import('../flows/adopt.ts')).adoptContainers(context, {
          containers,
          ...(flags.name === undefined ? {} : { name: flags.name }),
          ...(flags.unit === undefined ? {} : { unit: flags.unit }),
          timeoutMs,
          confirm: (plan) =>
            flags.yes
              ? Promise.resolve(true)
              : confirmText(printAdoptionPlan(plan, errorStyle()), `adopt ${containers.join(' ')}`),
        }),
      print: printAdoption,
    });
  }
}
