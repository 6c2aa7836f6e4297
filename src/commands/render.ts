import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import {
  absolute,
  descriptorPaths,
  fileFlag,
  fromFlag,
  profileFlag,
  strictFlag,
} from '../cli/descriptor-paths.ts';
import { readApps } from '../cli/read-apps.ts';
import { readTemplates } from '../cli/templates-flag.ts';
import { wordsOf } from '../cli/words.ts';
import { printRender } from '../report/render.ts';
import type { RenderReport } from '../report/values-of-plans.ts';

export default class Render extends BaseCommand {
  static override summary = 'Show the units that descriptors come to, without a host';
  static override usage = 'render FILE|FOLDER… [-f FILE…] [FLAGS]';
  static override description =
    'Changes nothing and asks no engine, so what only a host knows stands by name: an image by its reference instead of its ID, contents by HASH-OF-…. With a mistake in any descriptor nothing is printed or written (exit status 4).';
  static override examples = [
    '<%= config.bin %> render gear.yaml',
    '<%= config.bin %> render apps/ --engine podman --systemd 257 --out units',
  ];
  static override strict = false;
  static override flags = {
    file: fileFlag,
    profile: profileFlag,
    from: fromFlag,
    strict: strictFlag,
    engine: Flags.option({
      options: ['docker', 'podman'] as const,
      description: 'Engine to render for; else what the descriptor says, else docker',
    })(),
    systemd: Flags.integer({
      description: 'Version of systemd to render for',
      default: 252,
      min: 252,
      helpValue: 'VERSION',
    }),
    templates: Flags.string({
      description: 'Folder of templates to render with; else the shipped ones',
      helpValue: 'FOLDER',
    }),
    out: Flags.string({ description: 'Folder to write the units into', helpValue: 'FOLDER' }),
  };

  async run(): Promise<RenderReport> {
    const { raw, flags } = await this.parse(Render);
    const { engine, systemd: systemdVersion } = flags;
    const { apps, failures } = await readApps(
      descriptorPaths('render', wordsOf(raw), flags),
      { engineOf: (app) => engine ?? app.engine ?? 'docker', systemdVersion },
      { strict: flags.strict, brief: true },
    );
    const templates = await readTemplates(flags.templates);
    return this.runFlow({
      command: 'render',
      flow: async ({ host }) =>
        (await import('../flows/render-apps.ts')).renderApps(host.files, {
          apps,
          failures,
          systemdVersion,
          templates,
          ...(engine === undefined ? {} : { engine }),
          ...(flags.out === undefined ? {} : { out: absolute(flags.out) }),
        }),
      print: printRender,
    });
  }
}
