import { expect, test } from 'vitest';
import { nextOn, warningsOn } from '../../../src/cli/next-on.ts';

test.each([
  ['gear start shop.web mends it', 'gear start web1/shop.web mends it'],
  ['gear logs job; to run it now: systemctl start x', 'gear logs web1/job; to run it now: systemctl start x'],
  ['gear stop a, then the same command', 'gear stop web1/a, then the same command'],
  ['gear start web, or gear stop web', 'gear start web1/web, or gear stop web1/web'],
  ['gear rm other/shop takes it away', 'gear rm other/shop takes it away'],
  ['set it again: gear secret set pw < FILE', 'set it again: gear secret set --host web1 pw < FILE'],
  ['gear rollback web --to 2', 'gear rollback web1/web --to 2'],
  ['gear doctor', 'gear doctor --host web1'],
  ['gear ls shows what there is', 'gear ls --host web1 shows what there is'],
  ['gear apply FILE', 'gear apply FILE'],
  ['gear pull a:1 --host web1', 'gear pull a:1 --host web1'],
  ['see what is there: ls -la /etc', 'on web1: see what is there: ls -la /etc'],
  ['upgrade the distribution of this host', 'on web1: upgrade the distribution of this host'],
])('%s is, of another host: %s', (next, there) => {
  expect(nextOn('web1', next)).toBe(there);
});

test('the warnings of a report of another host are typed with it, and nothing else of it changes', () => {
  const report = {
    instances: [
      { name: 'web', result: 'held', warnings: ['web stays stopped (anna); to start it: gear start web'] },
    ],
    next: 'gear start web',
    left: null,
  };
  expect(warningsOn('web1', report)).toEqual({
    ...report,
    instances: [
      {
        name: 'web',
        result: 'held',
        warnings: ['web stays stopped (anna); to start it: gear start web1/web'],
      },
    ],
  });
});
