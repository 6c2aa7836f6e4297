/**
 * Runs command lines, each as a JSON list on a line of stdin, and answers each with a line: the milliseconds that it
 * took, its status and what it said on stderr. On the measured host itself, so that the way there is not measured.
 */
import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

for await (const line of createInterface({ input: process.stdin })) {
  const [program, ...args] = JSON.parse(line);
  const start = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const ms = Number(process.hrtime.bigint() - start) / 1e6;
  console.log(JSON.stringify({ ms, status, said: error?.message ?? String(stderr) }));
}
