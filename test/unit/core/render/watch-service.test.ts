import { expect, test } from 'vitest';
import { renderWatchService } from '../../../../src/core/render/watch-service.ts';

const program = ['/usr/bin/node', '/opt/gear/bin/run.cjs'] as const;

test('each word reaches gear as it is, whatever is in it', () => {
  const text = renderWatchService({ program, words: ['/etc/my apps/50% $HOME', '--drift', 'report'] });
  expect(text).toContain(
    'ExecStart=/usr/bin/node /opt/gear/bin/run.cjs watch "/etc/my apps/50%% $$HOME" --drift report\n',
  );
});

test('what it runs may use the TPM, for secrets that are encrypted with it, and no other device', () => {
  const lines = renderWatchService({ program, words: ['/etc/apps'] }).split('\n');
  expect(lines).not.toContain('PrivateDevices=yes');
  expect(lines.filter((line) => line.startsWith('Device'))).toEqual([
    'DevicePolicy=closed',
    'DeviceAllow=char-tpm rw',
  ]);
});

test('a line end in a word begins no line of the unit', () => {
  const text = renderWatchService({ program, words: ['/etc/a\nExecStartPre=/bin/evil'] });
  expect(text).toContain(' watch "/etc/a\\nExecStartPre=/bin/evil"\n');
  expect(text).not.toMatch(/^ExecStartPre/m);
});
