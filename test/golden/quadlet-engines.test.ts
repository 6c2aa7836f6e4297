import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { MemoryHost } from '../../src/adapters/host/memory/host.ts';
import { readApps } from '../../src/cli/read-apps.ts';
import { previewApps } from '../../src/flows/preview.ts';
import { printFailures } from '../../src/report/failure.ts';
import { createStyle } from '../../src/report/style.ts';
import { contextOn } from '../unit/flows/gear-in-memory.ts';

const folder = path.join(import.meta.dirname, 'quadlet-engines');

/** What `gear plan FOLDER --engine ENGINE` says on a host that has nothing yet. */
async function told(engine: 'docker' | 'podman'): Promise<string> {
  const read = await readApps({ paths: [folder], overlays: [] });
  const lines: string[] = [];
  const context = contextOn(new MemoryHost());
  const emit: typeof context.emit = (event) => {
    if (event.type === 'notice' || event.type === 'warning') lines.push(`${event.subject}: ${event.message}`);
  };
  const asked = { ...read, engine, pull: 'missing', pruneVolumes: false, start: true, diff: false } as const;
  const plan = await previewApps({ ...context, emit }, asked);
  const mistakes = plan.ok ? '' : printFailures(plan.failures, createStyle({ columns: 120 }, {}));
  return `${lines.join('\n')}\n${mistakes}`.replaceAll(`${folder}/`, '');
}

describe('files of Quadlet, which were written for Podman', () => {
  test.each(['docker', 'podman'] as const)(
    'are planned for %s with what is otherwise there',
    async (engine) => {
      await expect(await told(engine)).toMatchFileSnapshot(path.join(folder, 'expected', `${engine}.txt`));
    },
  );
});
