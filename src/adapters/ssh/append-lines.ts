import { open } from 'node:fs/promises';

/** Its user's alone. */
const ownMode = 0o600;

/** Adds whole lines to a file, made where it is absent, after a last line that may lack its end. */
export async function appendLines(path: string, lines: string): Promise<void> {
  const file = await open(path, 'a+', ownMode);
  try {
    const { size } = await file.stat();
    const last = Buffer.from('\n');
    if (size > 0) await file.read(last, 0, 1, size - 1);
    // At once: somebody else may add lines too.
    await file.appendFile(last.toString() === '\n' ? lines : `\n${lines}`);
  } finally {
    await file.close();
  }
}
