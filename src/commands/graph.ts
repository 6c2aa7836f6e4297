import { Flags } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { descriptorPaths, fileFlag, plainFromFlag, profileFlag } from '../cli/descriptor-paths.ts';
import { readApps } from '../cli/read-apps.ts';
import { wordsOf } from '../cli/words.ts';
import type { DrawnGraphs } from '../flows/graph.ts';
import { printDrawing } from '../report/graph.ts';

export default class Graph extends BaseCommand {
  static override summary = 'Draw what starts in which order, and what waits for what';
  static override usage = 'graph FILE|FOLDER… [-f FILE…] [--format FORMAT]';
  static override description =
    'Containers stand in the steps of their start; arrows say what is waited for: started, ready (its check succeeds) or the success of a job. Systemd units and networks are shown too. No host is asked.';
  static override examples = [
    '<%= config.bin %> graph gear.yaml',
    '<%= config.bin %> graph gear.yaml --format svg',
    '<%= config.bin %> graph -f base.yaml -f prod.yaml --format mermaid',
  ];
  static override strict = false;
  static override flags = {
    file: fileFlag,
    profile: profileFlag,
    from: plainFromFlag,
    format: Flags.option({
      options: ['text', 'mermaid', 'dot', 'svg'] as const,
      description: 'The language of the drawing',
      default: 'text',
    })(),
  };

  async run(): Promise<DrawnGraphs> {
    const { raw, flags } = await this.parse(Graph);
    const input = await readApps(descriptorPaths('graph', wordsOf(raw), flags));
    return this.runFlow({
      command: 'graph',
      flow: async () => (await import('../flows/graph.ts')).drawGraphs(input, flags.format),
      print: ({ text }) => printDrawing(text),
    });
  }
}
