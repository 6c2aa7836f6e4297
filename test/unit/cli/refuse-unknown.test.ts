import { expect, test } from 'vitest';
import { refuseUnknown } from '../../../src/cli/watch/refuse-unknown.ts';

test('a file in the place of a folder to watch is told as such, with its folder', async () => {
  const { filename, dirname } = import.meta;
  await expect(refuseUnknown([filename], [])).rejects.toMatchObject({
    failures: [
      {
        message: `${filename} is a file, and what is watched is a folder`,
        next: `gear watch ${dirname}; or once: gear apply ${filename}`,
      },
    ],
  });
  await expect(refuseUnknown(['/nowhere/apps'], [])).rejects.toMatchObject({
    failures: [{ next: 'make it: mkdir -p /nowhere/apps' }],
  });
});
