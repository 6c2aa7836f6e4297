import { spawn } from 'node:child_process';
import { once } from 'node:events';

let running;
let tidyUp = async () => undefined;
let stopping = false;

/** Sets what is to be done before the process ends by Ctrl-C or SIGTERM. */
export function onStop(work) {
  tidyUp = work;
}

for (const [name, status] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  process.on(name, () => {
    // At the second one a person has waited long enough; the lab's guard takes down what is left.
    if (stopping) process.exit(status);
    stopping = true;
    running?.kill('SIGTERM');
    const end = () => process.exit(status);
    tidyUp().then(end, end);
  });
}

/** Runs a tool of the checkout quietly; rejects with its last lines when it fails. */
export async function runTool(file, args, folder) {
  const child = spawn(file, args, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  running = child;
  const lines = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => lines.push(...text.split('\n').filter(Boolean)));
  }
  const [status] = await once(child, 'close');
  running = undefined;
  if (status === 0) return;
  throw new Error([`${file} ${args.join(' ')} failed`, ...lines.slice(-15)].join('\n'));
}
