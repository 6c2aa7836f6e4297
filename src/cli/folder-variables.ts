import path from 'node:path';
import type { Variables } from '../core/descriptor/text/expand.ts';
import { err, type Failure, ok, type Result } from '../errors/failure.ts';
import { localSource } from './context.ts';
import { shellEnvironment } from './surroundings.ts';

const mostBytes = 1_048_576;

/** What variables stand for in the descriptors of a folder, and what is wrong with its `.env`. */
export interface FolderVariables {
  readonly environment: Variables;
  readonly failures: readonly Failure[];
}

/** The variables of this shell, and below them those of the folder's `.env`. */
export async function folderVariables(folder: string): Promise<FolderVariables> {
  const dotEnv = await readDotEnv(path.join(folder, '.env'));
  return {
    environment: { ...(dotEnv.ok ? dotEnv.value : {}), ...shellEnvironment() },
    failures: dotEnv.ok ? [] : dotEnv.failures,
  };
}

async function readDotEnv(file: string): Promise<Result<Variables>> {
  const source = localSource(file, mostBytes);
  if ('bytes' in source) {
    const { parseDotEnv } = await import('../core/descriptor/text/dot-env.ts');
    return parseDotEnv(file, new TextDecoder().decode(source.bytes));
  }
  if (source.problem === 'does not exist') return ok({});
  return err({
    code: 'ENV_FILE_UNREADABLE',
    message: `the file ${file} ${source.problem}`,
    next: 'make it readable, or move it away',
  });
}
