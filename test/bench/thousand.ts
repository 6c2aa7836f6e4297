import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { gear } from './gear.ts';
import { bareNode, measure } from './measure.ts';
import { plant, uproot } from './plant.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Row } from './table.ts';

/** A host with a thousand containers, and an install of one that is there already: observed, rendered and planned. */
export async function benchThousand(host: Host, stopwatch: Stopwatch): Promise<readonly Row[]> {
  await plant(host, 1000);
  const install = {
    name: 'gear install, unchanged, of 1000',
    argv: [gear, 'install', sleepImage().tag, 'planted1'],
  };
  const of = await measure(stopwatch, [bareNode, install], 6);
  await uproot(host);
  return [
    {
      what: install.name,
      measured: of(install.name),
      to: { name: bareNode.name, measured: of(bareNode.name) },
      limit: { ms: 400, because: 'whole process' },
    },
  ];
}
