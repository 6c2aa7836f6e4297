import { BaseCommand } from '../../cli/base-command.ts';
import { printWatchState, type WatchState } from '../../report/watch-state.ts';

export default class WatchStatus extends BaseCommand {
  static override summary = 'Show what gear watch does: apps, mistakes, what is tried again when';
  static override description =
    'Asks the watch of this host over its socket, /run/gear/watch.sock. With --json, all that it knows.';
  static override examples = ['<%= config.bin %> watch status', '<%= config.bin %> watch status --json'];

  async run(): Promise<WatchState> {
    return this.runFlow({
      command: 'watch status',
      flow: async () => (await import('../../cli/watch/ask-watch.ts')).watchState(),
      print: (value, style) => printWatchState(value, style, Date.now()),
    });
  }
}
