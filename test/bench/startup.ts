import type { Host } from '../lab/host.ts';
import { gear } from './gear.ts';
import { bareNode, measure } from './measure.ts';
import { plant, uproot } from './plant.ts';
import type { Stopwatch } from './stopwatch.ts';
import { atMost, type Row } from './table.ts';

/** How long gear takes to start, and to list a hundred containers. */
export async function benchStartup(host: Host, stopwatch: Stopwatch): Promise<readonly Row[]> {
  await plant(host, 100);
  const version = { name: 'gear --version', argv: [gear, '--version'] };
  const help = { name: 'gear --help', argv: [gear, '--help'] };
  const list = { name: 'gear ls, 100 containers', argv: [gear, 'ls'] };
  const of = await measure(stopwatch, [bareNode, version, help, list], 20);
  await uproot(host);
  const node = { name: bareNode.name, measured: of(bareNode.name) };
  return [
    { what: version.name, measured: of(version.name), ...atMost(1.5, node) },
    { what: list.name, measured: of(list.name), ...atMost(4, node) },
    { what: help.name, measured: of(help.name), to: node },
  ];
}
