import { expect, test } from 'vitest';
import { readAdoptSource } from '../../../src/cli/adopt-source.ts';

test('a container of another host is refused, and where to type it is said', async () => {
  await expect(readAdoptSource(['web', 'prod/db'], {})).rejects.toMatchObject({
    failures: [
      {
        code: 'USAGE',
        message: '"prod/db" is on another host, and gear adopts where it is typed',
        next: 'on prod: gear adopt db',
      },
    ],
  });
});

test('containers of this host are what is adopted', async () => {
  expect(await readAdoptSource(['web'], { name: 'shop' })).toEqual({
    kind: 'containers',
    containers: ['web'],
    name: 'shop',
  });
});
