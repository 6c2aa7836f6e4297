/** `npm run bench`: ratios from one run, on a real host with what `npm pack` makes. They are printed, and judged by people. */
import { Lab } from '../lab/lab.ts';
import { sleepImage } from '../lab/images.ts';
import { engines, loadImages } from '../lab/load-images.ts';
import { installPackage } from '../support/package.ts';
import { benchConvert } from './convert.ts';
import { benchDescriptors, countMemory } from './descriptors.ts';
import { gearFolder } from './gear.ts';
import { benchGeneration } from './generation.ts';
import { benchHosts } from './hosts.ts';
import { benchOne, benchTwenty } from './install.ts';
import { benchPlan } from './plan.ts';
import { benchPush } from './push.ts';
import { benchStartup } from './startup.ts';
import { benchFolder, Stopwatch } from './stopwatch.ts';
import { format } from './table.ts';
import { countUnchanged } from './unchanged.ts';
import { benchThousand } from './thousand.ts';
import { countTop } from './top.ts';
import { benchWatch } from './watch.ts';

const wanted = process.argv.slice(2);
const isWanted = (section: string): boolean => wanted.length === 0 || wanted.includes(section);
/** Other hosts boot where something is done there. */
const far = isWanted('hosts') ? ['far1', 'far2', 'far3'] : isWanted('push') ? ['far1'] : [];
const light = isWanted('hosts') ? ['light1', 'light2'] : [];

const installed = await installPackage();
const lab = await Lab.up({
  name: `bench-${String(process.pid)}`,
  hosts: [
    {
      name: 'bench',
      suite: 'trixie',
      binds: [
        { from: installed.folder, to: gearFolder, readOnly: true },
        { from: import.meta.dirname, to: benchFolder, readOnly: true },
      ],
    },
    ...far.map((name) => ({ name, suite: 'trixie' as const })),
    ...light.map((name) => ({ name, suite: 'trixie' as const, light: true })),
  ],
});
try {
  const host = lab.host('bench');
  for (const engine of engines) await loadImages(host, engine, [sleepImage()]);
  const stopwatch = await Stopwatch.on(host);
  console.log(`node ${process.version}, NODE_EXTRA_CA_CERTS unset, ratios and limits by the minima\n`);
  const sections = {
    startup: async () => format(await benchStartup(host, stopwatch)),
    one: async () => format(await benchOne(host, stopwatch, 'docker')),
    podman: async () => format(await benchOne(host, stopwatch, 'podman')),
    twenty: async () => format(await benchTwenty(host, stopwatch)),
    unchanged: async () => format([], await countUnchanged(host)),
    thousand: async () => format(await benchThousand(host, stopwatch)),
    plan: async () => format(await benchPlan(host, stopwatch)),
    top: async () => format([], await countTop(host)),
    watch: () => benchWatch(host),
    push: () => benchPush(host, lab.host('far1')),
    hosts: () =>
      benchHosts(host, stopwatch, {
        far: far.map((name) => lab.host(name)),
        light: light.map((name) => lab.host(name)),
      }),
    generation: async () => format(await benchGeneration()),
    descriptors: async () => format(await benchDescriptors(host, stopwatch)),
    convert: async () => format(await benchConvert(host, stopwatch)),
    memory: async () => format([], await countMemory(host)),
  };
  for (const [name, section] of Object.entries(sections)) {
    if (isWanted(name)) console.log(`${await section()}\n`);
  }
  await stopwatch.end();
} finally {
  await lab.down();
  await installed.remove();
}
