import type { Host } from '../lab/host.ts';
import { sleepImage } from '../lab/images.ts';
import { bareUnits, byEngine, byHand, writeUnits } from './by-hand.ts';
import { bareNode, measure, type Candidate } from './measure.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Row } from './table.ts';
import { gear } from './gear.ts';

type Engine = 'docker' | 'podman';

const image = sleepImage().tag;

/** One container of a cached image, until its process runs. */
export async function benchOne(host: Host, stopwatch: Stopwatch, engine: Engine): Promise<readonly Row[]> {
  const names = ['hand'];
  await withPattern(host, engine, names);
  const hand = byHand('unit by hand', engine, names);
  const install = installed(engine, ['one']);
  const others = (['docker', 'podman'] as const).map((each) => byEngine(each, image, ['plain']));
  const of = await measure(stopwatch, [bareNode, hand, install, ...others], 8);
  const limitMs = of(bareNode.name).minMs + 1.2 * of(hand.name).minMs;
  const measured = of(install.name);
  return [
    {
      what: install.name,
      measured,
      to: { name: hand.name, measured: of(hand.name) },
      limit: { ms: limitMs, because: `node + 1.2 × ${hand.name}` },
    },
    ...others.map(({ name }) => ({ what: install.name, measured, to: { name, measured: of(name) } })),
  ];
}

/** Twenty containers of a cached image in one command. */
export async function benchTwenty(host: Host, stopwatch: Stopwatch): Promise<readonly Row[]> {
  const twenty = (prefix: string) => Array.from({ length: 20 }, (_, at) => `${prefix}${String(at + 1)}`);
  const names = twenty('hand');
  await withPattern(host, 'docker', names);
  const hand = byHand('20 units by hand', 'docker', names);
  const run = byEngine('docker', image, twenty('plain'));
  const install = installed('docker', twenty('many'));
  // What no unit can be below.
  const bare = await bareUnits(host, image, twenty('bare'));
  const of = await measure(stopwatch, [hand, run, bare, install], 5);
  const rows = [hand, run].map(({ name }, at) => {
    const times = [1.2, 1.3][at] ?? NaN;
    const to = { name, measured: of(name) };
    const limit = { ms: times * to.measured.minMs, because: `${times.toFixed(1)} × ${name}` };
    return { what: install.name, measured: of(install.name), to, limit };
  });
  return [
    ...rows,
    { what: bare.name, measured: of(bare.name), to: { name: run.name, measured: of(run.name) } },
  ];
}

function installed(engine: Engine, names: readonly string[]): Candidate {
  const count = names.length === 1 ? '' : ` of ${String(names.length)}`;
  return {
    name: `gear install${count} (${engine})`,
    argv: [gear, 'install', image, ...names, '--engine', engine],
    after: [gear, 'rm', ...names],
  };
}

async function withPattern(host: Host, engine: Engine, names: readonly string[]): Promise<void> {
  await host.exec([gear, 'install', image, 'pattern', '--engine', engine, '--no-start']);
  await writeUnits(host, names);
}
