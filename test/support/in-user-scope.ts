import { afterAll, beforeAll } from 'vitest';
import { choosePaths, paths, userPaths } from '../../src/core/model/paths.ts';

/** Every test of the file, or of the block, runs as under `gear --user`. */
export function inUserScope(): void {
  const before = paths;
  beforeAll(() =>
    choosePaths(
      userPaths({
        config: '/home/anna/.config',
        state: '/home/anna/.local/state',
        runtime: '/run/user/1000',
      }),
    ),
  );
  afterAll(() => choosePaths(before));
}
