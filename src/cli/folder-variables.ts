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

/** The same twice, since in a `.env` of Compose variables are filled in. */
export interface VariablesOfFolder {
  readonly native: FolderVariables;
  readonly compose: FolderVariables;
}

/** The variables of this shell, and below them those of the folder's `.env`. */
export async function folderVariables(folder: string): Promise<VariablesOfFolder> {
  const shell = shellEnvironment();
  const dotEnv = await readDotEnv(path.join(folder, '.env'), shell);
  const overlaid = (read: Result<Variables>): FolderVariables => ({
    environment: { ...(read.ok ? read.value : {}), ...shell },
    failures: read.ok ? [] : read.failures,
  });
  const native = overlaid(dotEnv.native);
  return { native, compose: dotEnv.compose === dotEnv.native ? native : overlaid(dotEnv.compose) };
}

interface BothReadings {
  readonly native: Result<Variables>;
  readonly compose: Result<Variables>;
}

async function readDotEnv(file: string, shell: Variables): Promise<BothReadings> {
  const source = localSource(file, mostBytes);
  if ('bytes' in source) {
    const { parseDotEnv } = await import('../core/descriptor/text/dot-env.ts');
    const text = new TextDecoder().decode(source.bytes);
    const native = parseDotEnv(file, text);
    return { native, compose: text.includes('$') ? parseDotEnv(file, text, shell) : native };
  }
  const read: Result<Variables> =
    source.problem === 'does not exist'
      ? ok({})
      : err({
          code: 'ENV_FILE_UNREADABLE',
          message: `the file ${file} ${source.problem}`,
          next: 'make it readable, or move it away',
        });
  return { native: read, compose: read };
}
