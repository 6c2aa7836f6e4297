import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, readdir, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const perFolder = 40;
const rounds = 6;
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'gear-crash-'));
});
afterEach(() => rm(home, { recursive: true }));

/** Starts the writer and kills it with SIGKILL some milliseconds after it began. */
async function writeAndDie(root: string, afterMs: number): Promise<void> {
  const script = join(import.meta.dirname, 'write-forever.ts');
  const writer = spawn(process.execPath, ['--import', 'tsx', script, root, String(perFolder)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(writer.stdout, 'data');
  setTimeout(() => writer.kill('SIGKILL'), afterMs);
  await once(writer, 'exit');
}

it('a writer that is killed leaves whole folders and at most one .tmp', async () => {
  for (let round = 0; round < rounds; round++) {
    const root = join(home, String(round));
    await mkdir(root);
    await writeAndDie(root, round * 13);
    const names = await readdir(root);
    const leftovers = names.filter((name) => name.endsWith('.tmp'));
    expect(leftovers.length).toBeLessThanOrEqual(1);
    for (const name of names.filter((entry) => /^\d+$/.test(entry))) {
      const units = await readdir(join(root, name, 'units'));
      expect(units).toHaveLength(perFolder);
      const first = await readFile(join(root, name, 'units', '0.service'), 'utf8');
      expect(first).toBe(`generation ${name}\n`.repeat(200));
    }
    if (names.includes('current')) expect(names).toContain(await readlink(join(root, 'current')));
  }
});
