import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import type { Outcome } from './outcome.ts';

/** Enough to see the cause; the whole stands where the test ran. */
const messageCharacters = 1500;

/**
 * Writes what the runs of vitest came to into the file that GEAR_OUTCOME names. vitest's JSON report has no word of what
 * failed in a beforeAll of a `describe`, which is all there is to say when its tests never ran.
 */
export default class OutcomeReporter implements Reporter {
  readonly #modules: TestModule[] = [];
  readonly #unhandled: SerializedError[] = [];

  /** Of every run of this vitest so far: one in a lane of hosts runs file after file. */
  onTestRunEnd(ended: readonly TestModule[], errors: readonly SerializedError[]): void {
    const file = process.env['GEAR_OUTCOME'];
    if (file === undefined) throw new Error('GEAR_OUTCOME names no file');
    this.#modules.push(...ended);
    this.#unhandled.push(...errors);
    const [modules, unhandled] = [this.#modules, this.#unhandled];
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const failures = [
      ...modules.flatMap(failuresOf),
      ...unhandled.map((error) => entry('outside tests', [error])),
    ];
    // A test that is still pending when the run ends never ran.
    const outcome: Outcome = {
      ...{ passed: count('passed'), failed: failures.length, skipped: count('skipped') + count('pending') },
      failures,
    };
    writeFileSync(file, JSON.stringify(outcome));
  }
}

function failuresOf(module: TestModule): readonly string[] {
  const file = path.relative(process.cwd(), module.moduleId);
  const groups = [...module.children.allSuites()];
  return [
    ...entries(file, module.errors()),
    ...groups.flatMap((group) => entries(`${file}: ${group.fullName}`, group.errors())),
    ...[...module.children.allTests()]
      .filter(hasFailed)
      .map((test) => entry(`${file}: ${test.fullName}`, test.result().errors ?? [])),
  ];
}

const hasFailed = (test: TestCase): boolean => test.result().state === 'failed';

const entries = (title: string, errors: readonly SerializedError[]): readonly string[] =>
  errors.length === 0 ? [] : [entry(title, errors)];

const entry = (title: string, errors: readonly SerializedError[]): string => {
  const text = errors
    .map(({ message, stack }) => (stack?.includes(message) === true ? stack : message))
    .join('\n');
  const shown = stripVTControlCharacters(text).slice(0, messageCharacters);
  return `${title}\n${shown.replaceAll(/^/gmu, '  ')}`;
};
