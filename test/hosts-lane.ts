/**
 * One vitest that boots hosts, in a process which test/lane.ts forks: `hosts-lane.ts SUITE…`. It asks for a file of tests
 * whenever it is free, so that all lanes end at about the same moment however long each file takes, and hosts are booted
 * once a lane.
 */
import { once } from 'node:events';
import path from 'node:path';
import { createVitest, DefaultReporter, type TestModule } from 'vitest/node';
import OutcomeReporter from './outcome-reporter.ts';

type End = Parameters<DefaultReporter['onTestRunEnd']>;

/** vitest takes each file for a run of its own; this one sums up when all are done. */
class LaneReporter extends DefaultReporter {
  readonly #modules: TestModule[] = [];
  readonly #errors: End[1][number][] = [];
  readonly #started = performance.now();

  override onTestRunEnd(...[modules, errors]: End): void {
    this.#modules.push(...modules);
    this.#errors.push(...errors);
  }

  sumUp(): void {
    this.start = this.#started;
    super.onTestRunEnd(this.#modules, this.#errors, this.#errors.length > 0 ? 'failed' : 'passed');
  }
}

const reporter = new LaneReporter();
const vitest = await createVitest('test', {
  root: path.join(import.meta.dirname, '..'),
  project: process.argv.slice(2),
  watch: false,
  fileParallelism: false,
  reporters: [reporter, new OutcomeReporter()],
});
const gone = new AbortController();
process.once('disconnect', () => {
  gone.abort();
});

/** The next file of the queue; none when it is empty, or nobody is left who has it. */
async function nextFile(): Promise<string | undefined> {
  process.send?.('free');
  const answer = await once(process, 'message', { signal: gone.signal }).catch(() => [{}]);
  return (answer as [{ readonly file?: string }])[0].file;
}

try {
  await vitest.standalone();
  const specifications = await vitest.globTestSpecifications();
  for (let file = await nextFile(); file !== undefined; file = await nextFile()) {
    const found = specifications.filter(({ moduleId }) => moduleId === file);
    if (found.length === 0) throw new Error(`vitest knows no tests in ${file}`);
    await vitest.runTestSpecifications(found);
  }
  reporter.sumUp();
} finally {
  if (process.connected) process.disconnect();
  // Tears down what the suites set up, and ends also where something of them is left open.
  await vitest.exit();
}
