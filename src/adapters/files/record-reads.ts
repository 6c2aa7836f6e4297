import { readSource } from './read-source.ts';

const recorders = new Set<(path: string) => void>();

/** As readSource, and noted where somebody records. */
export const readRecorded: typeof readSource = (path, mostBytes) => {
  for (const record of recorders) record(path);
  return readSource(path, mostBytes);
};

/** Does the work, and tells which files `readRecorded` was asked for meanwhile, whether they were there or not. */
export async function recordReads<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly paths: readonly string[] }> {
  const paths = new Set<string>();
  const record = (path: string): void => void paths.add(path);
  recorders.add(record);
  try {
    return { value: await work(), paths: [...paths] };
  } finally {
    recorders.delete(record);
  }
}
