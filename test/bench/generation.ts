import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeFolderAt } from '../../src/adapters/files/write-folder.ts';
import type { NewFile } from '../../src/ports/files.ts';
import type { Row } from './table.ts';

const units = 1000;
const turns = 10;
/** A unit of a container, in length. */
const text = 'x'.repeat(2_500);

/** A generation of a thousand units of which one changed, on the disk of this machine: links, one new file, one sync. */
export async function benchGeneration(): Promise<readonly Row[]> {
  const root = await mkdtemp(join(tmpdir(), 'gear-generation-'));
  try {
    const names = Array.from({ length: units }, (_, at) => `units/ctr-app${String(at)}.service`);
    await writeFolderAt(
      join(root, '0'),
      names.map((path): NewFile => ({ path, mode: 0o644, content: text })),
    );
    const times: number[] = [];
    for (let turn = 1; turn <= turns; turn += 1) {
      const before = join(root, String(turn - 1));
      const files = names.map((path, at): NewFile =>
        at === turn
          ? { path, mode: 0o644, content: `${text}${String(turn)}` }
          : { path, mode: 0o644, sameAs: join(before, path) },
      );
      const start = performance.now();
      await writeFolderAt(join(root, String(turn)), files);
      times.push(performance.now() - start);
    }
    const sorted = times.toSorted((a, b) => a - b);
    const measured = { minMs: sorted[0] ?? NaN, medianMs: sorted[turns / 2] ?? NaN };
    return [
      {
        what: `a generation of ${String(units)} units, one changed`,
        measured,
        to: { name: 'itself', measured },
        limit: { ms: 50, because: 'on disk' },
      },
    ];
  } finally {
    await rm(root, { recursive: true });
  }
}
