/**
 * `npm test [-- SUITE…]`: builds, runs every suite that this machine can run, and tells at the end what was skipped
 * and why. In CI as root nothing may be skipped.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { runQueue, runSuites } from './lane.ts';
import { add, failedOnce, nothing } from './outcome.ts';
import { countFiles, queueOf, suites } from './suites.ts';

const wanted = process.argv.slice(2);
const strangers = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (strangers.length > 0) {
  console.error(`no suite ${strangers.join(', ')}; there are ${suites.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const build = spawnSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);

const chosen = suites
  .filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  .map((suite) => ({ ...suite, files: countFiles(suite.name), reason: suite.obstacle?.() }))
  .filter(({ files }) => files > 0);
const skipped = chosen.filter(({ reason }) => reason !== undefined);
const names = (lane: string) =>
  chosen.filter((suite) => suite.lane === lane && suite.reason === undefined).map(({ name }) => name);

/** As many as CI has processors: what boots hosts mostly waits. */
const hostLanes = 2;
// They take files from one queue; what needs no hosts runs beside them. Each lane is shown when the one before it has ended.
const reports = await mkdtemp(path.join(tmpdir(), 'gear-test-'));
const report = (name: string) => path.join(reports, `${name}.json`);
const hosts = names('hosts');
const queue = queueOf(hosts);
const lanes = [
  ...Array.from({ length: Math.min(hostLanes, queue.length) }, (_, at) =>
    runQueue(hosts, queue, report(`hosts-${String(at + 1)}`)),
  ),
  runSuites(names('quick'), report('quick')),
].toReversed();
let total = nothing;
for (const lane of lanes) {
  lane.output.pipe(process.stdout, { end: false });
  await finished(lane.output);
  total = add(total, await lane.outcome);
}
await rm(reports, { recursive: true });
for (const file of queue) total = add(total, failedOnce(`no lane was left to run ${file}`));

if (skipped.length > 0) console.log('\nSkipped suites (each file counts as one test):');
for (const { name, files, reason } of skipped) {
  console.log(`  ${name}, ${files} ${files === 1 ? 'file' : 'files'}: ${reason}`);
  total = add(total, { ...nothing, skipped: files });
}
if (total.failures.length > 0) console.log('\nFailed:');
for (const failure of total.failures) console.log(failure);
const mustRunAll = process.env['CI'] === 'true' && process.getuid?.() === 0;
if (mustRunAll && total.skipped > 0)
  console.log('\nIn CI as root nothing may be skipped, so this is a failure.');
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 || (mustRunAll && total.skipped > 0) ? 1 : 0;
