import { existsSync } from 'node:fs';
import path from 'node:path';

/** Why a test that needs the program cannot run here; undefined where it can. */
export function missing(program: string): string | undefined {
  const found = (process.env['PATH'] ?? '')
    .split(':')
    .some((folder) => existsSync(path.join(folder, program)));
  return found ? undefined : `${program} is not installed`;
}
