import { expect, test } from 'vitest';
import { watchOptions, type WatchFlags } from '../../../src/cli/watch/watch-options.ts';

const plain: WatchFlags = {
  once: false,
  'allow-empty': false,
  drift: 'mend',
  'no-start': false,
  timeout: '2m',
};

test('an empty folder takes its apps along only with --allow-empty, and drift is mended unless it is said', () => {
  expect(watchOptions(plain)).toMatchObject({ allowEmpty: false, drift: 'mend', start: true, once: false });
  expect(watchOptions({ ...plain, 'allow-empty': true })).toMatchObject({ allowEmpty: true });
  for (const drift of ['report', 'ignore'] as const)
    expect(watchOptions({ ...plain, drift })).toMatchObject({ drift, allowEmpty: false });
});
