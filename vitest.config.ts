import { defineConfig } from 'vitest/config';

const minutes = 60_000;

/** A project is a folder of test/; what each one needs of the machine is in test/suites.ts. */
export default defineConfig({
  test: {
    // @oclif/test captures stdout and stderr itself.
    disableConsoleIntercept: true,
    // Against what hangs, not against what is slow: the suites that boot hosts run beside the others on two cores.
    testTimeout: 1 * minutes,
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'property', include: ['test/property/**/*.test.ts'] },
      },
      { extends: true, test: { name: 'golden', include: ['test/golden/**/*.test.ts'] } },
      { extends: true, test: { name: 'cli', include: ['test/cli/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ['test/integration/dbus/**'],
          testTimeout: 2 * minutes,
          hookTimeout: 2 * minutes,
        },
      },
      {
        extends: true,
        test: { name: 'dbus', include: ['test/integration/dbus/**/*.test.ts'] },
      },
      // Not part of `npm test`: `npm run test:vm`, which emulates a processor.
      {
        extends: true,
        test: {
          name: 'vm',
          include: ['test/vm/**/*.test.ts'],
          testTimeout: 10 * minutes,
          hookTimeout: 20 * minutes,
        },
      },
      // Not part of `npm test`: `npm run test:soak`.
      {
        extends: true,
        test: { name: 'soak', include: ['test/soak/**/*.test.ts'], testTimeout: 60 * minutes },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          testTimeout: 10 * minutes,
          hookTimeout: 10 * minutes,
          fileParallelism: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/setup.ts'],
          testTimeout: 10 * minutes,
          hookTimeout: 10 * minutes,
          fileParallelism: false,
        },
      },
    ],
  },
});
