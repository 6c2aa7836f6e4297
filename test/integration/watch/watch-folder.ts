/** Listens to the folder that it is given, and writes a line for each word of the watcher. */
import { createWatcher } from '../../../src/adapters/watch/watcher.ts';

const [folder = ''] = process.argv.slice(2);
const watcher = createWatcher({
  heard: () => process.stdout.write('heard\n'),
  troubled: (message) => process.stdout.write(`troubled ${message}\n`),
});
await watcher.follow([folder], []);
process.stdout.write('follows\n');
