import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { gear } from './gear.ts';
import { bareNode, measure } from './measure.ts';
import { uproot } from './plant.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Row } from './table.ts';

const folder = '/opt/planned';

/** A hundred apps of ten containers that a host has as they are described, planned again. */
export async function benchPlan(host: Host, stopwatch: Stopwatch): Promise<readonly Row[]> {
  await mkdir(join(host.root, folder), { recursive: true });
  for (let at = 1; at <= 100; at += 1)
    await writeFile(join(host.root, folder, `app${String(at)}.yaml`), descriptor());
  const apply = [gear, 'apply', folder, '--yes', '--no-start', '--engine', 'docker'];
  await host.exec(apply, { timeoutMs: 300_000 });
  const plan = { name: 'gear plan of 1 000 that match', argv: [gear, 'plan', folder] };
  const of = await measure(stopwatch, [bareNode, plan], 6);
  await uproot(host);
  return [
    {
      what: plan.name,
      measured: of(plan.name),
      to: { name: bareNode.name, measured: of(bareNode.name) },
      limit: { ms: 600, because: 'whole process' },
    },
  ];
}

function descriptor(): string {
  const containers = Array.from(
    { length: 10 },
    (_, at) =>
      `  c${String(at)}: {image: "${sleepImage().tag}", env: {NUMBER: "${String(at)}"}, memory: 64m}`,
  );
  return ['containers:', ...containers, ''].join('\n');
}
