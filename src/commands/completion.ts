import { Args } from '@oclif/core';
import { BaseCommand } from '../cli/base-command.ts';
import { completedCommands } from '../cli/completed-commands.ts';

const shells = ['bash', 'zsh', 'fish'] as const;

export default class Completion extends BaseCommand {
  static override summary = 'Print a script that completes commands, flags and names in a shell';
  static override description =
    'For bash: source <(gear completion bash). For zsh it belongs into a file _gear in a folder of fpath, for fish into gear.fish in its completions.';
  static override examples = [
    '<%= config.bin %> completion bash',
    '<%= config.bin %> completion fish --json',
  ];
  static override args = {
    shell: Args.string({ description: 'The shell', required: true, options: [...shells] }),
  };

  async run(): Promise<{ readonly shell: string; readonly script: string }> {
    const { args } = await this.parse(Completion);
    const commands = completedCommands(this.config.commands);
    const script =
      args.shell === 'bash'
        ? (await import('../report/completion/bash.ts')).bashCompletion(commands)
        : args.shell === 'zsh'
          ? (await import('../report/completion/zsh.ts')).zshCompletion(commands)
          : (await import('../report/completion/fish.ts')).fishCompletion(commands);
    this.log(script.trimEnd());
    return { shell: args.shell, script };
  }
}
