import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Host } from '../lab/host.ts';
import { gear } from './gear.ts';
import { bareNode, measure, type Candidate } from './measure.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Count, Row } from './table.ts';

const generator = '/usr/lib/systemd/system-generators/podman-system-generator';
/** In memory, as the folders that a generator reads at boot are in the page cache. */
const folder = '/dev/shm/bench';

/** What a file of ten containers says, as descriptors of people do. */
function descriptor(app: string): string {
  const container = (at: number): string =>
    [
      `  c${String(at)}:`,
      '    image: registry.example.com/shop/web:3',
      `    env: {MODE: production, NUMBER: "${String(at)}"}`,
      '    volumes: ["data:/var/lib/data"]',
      '    memory: 256m',
      '    health: {cmd: [wget, -qO-, "http://127.0.0.1:8080/"], interval: 5s}',
      ...(at === 0 ? [] : [`    after: [c${String(at - 1)}]`]),
    ].join('\n');
  return [`name: ${app}`, 'containers:', ...Array.from({ length: 10 }, (_, at) => container(at)), ''].join(
    '\n',
  );
}

/** The same container for Quadlet, which takes a file for each. */
function quadlet(app: string, at: number): string {
  return `[Unit]
${at === 0 ? '' : `After=${app}-c${String(at - 1)}.service\n`}
[Container]
Image=registry.example.com/shop/web:3
Environment=MODE=production NUMBER=${String(at)}
Volume=${app}_data:/var/lib/data
PodmanArgs=--memory=256m
HealthCmd=wget -qO- http://127.0.0.1:8080/
HealthInterval=5s

[Install]
WantedBy=multi-user.target
`;
}

/** Writes so many descriptors of ten containers into a folder of the host, and returns the folder. */
async function writeDescriptors(host: Host, files: number): Promise<string> {
  const name = `descriptors-${String(files)}`;
  await host.sh(`mkdir -p ${folder}/${name}`);
  const staged = join(host.root, 'opt', name);
  await mkdir(staged, { recursive: true });
  for (let at = 1; at <= files; at += 1) {
    const app = `app${String(at)}`;
    await writeFile(join(staged, `${app}.yaml`), descriptor(app));
  }
  await host.sh(`cp -r /opt/${name} ${folder}/`);
  return `${folder}/${name}`;
}

async function writeQuadlets(host: Host, apps: number): Promise<string> {
  const staged = join(host.root, 'opt', 'quadlets');
  await mkdir(staged, { recursive: true });
  for (let app = 1; app <= apps; app += 1) {
    for (let at = 0; at < 10; at += 1) {
      const name = `app${String(app)}`;
      await writeFile(join(staged, `${name}-c${String(at)}.container`), quadlet(name, at));
    }
  }
  await host.sh(`mkdir -p ${folder}; cp -r /opt/quadlets ${folder}/`);
  return `${folder}/quadlets`;
}

/**
 * Reads descriptors, has js-yaml parse them where its bundle is given, and writes units: the text of one stands for that
 * of all, which gear would have in memory.
 */
const readAndWrite = `
  const [, from, units, to, yaml] = process.argv;
  const fs = require('node:fs');
  const parse = yaml === undefined ? String : require(yaml).load;
  for (const name of fs.readdirSync(from)) parse(fs.readFileSync(from + '/' + name, 'utf8'));
  const names = fs.readdirSync(units);
  const text = fs.readFileSync(units + '/' + names[0], 'utf8');
  fs.mkdirSync(to);
  for (const name of names) fs.writeFileSync(to + '/' + name, text);`;

/** Check and render of a thousand containers against Quadlet's generator, and how both grow to ten thousand. */
export async function benchDescriptors(host: Host, stopwatch: Stopwatch): Promise<readonly Row[]> {
  const [hundred, thousand, quadlets] = [
    await writeDescriptors(host, 100),
    await writeDescriptors(host, 1000),
    await writeQuadlets(host, 100),
  ];
  const render = (name: string, from: string): Candidate => ({
    name,
    argv: [gear, 'render', from, '--out', `${folder}/out`],
    after: ['rm', '-rf', `${folder}/out`],
  });
  const small = render('gear render, 1 000 containers in 100 files', hundred);
  const large = render('gear render, 10 000 containers', thousand);
  const out = `${folder}/generated`;
  const quadletRun: Candidate = {
    name: 'podman-system-generator, the same 1 000',
    argv: [
      'sh',
      '-c',
      `mkdir -p ${out} && QUADLET_UNIT_DIRS=${quadlets} ${generator} ${out} ${out} ${out} 2>/dev/null`,
    ],
    after: ['rm', '-rf', out],
  };
  // What is left for gear: Node, the same files read, and the same units written, with nothing in between.
  const rendered = `${folder}/rendered`;
  await host.exec([gear, 'render', hundred, '--out', rendered]);
  const floor: Candidate = {
    name: 'node that reads these files and writes these units',
    argv: ['node', '-e', readAndWrite, hundred, rendered, `${folder}/out`],
    after: ['rm', '-rf', `${folder}/out`],
  };
  // And with the YAML read, whose library no check and no rendering could do without.
  await build({
    stdin: { contents: "module.exports = require('js-yaml');", resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'cjs',
    outfile: join(host.root, 'opt', 'js-yaml.cjs'),
  });
  const parsed: Candidate = {
    ...floor,
    name: 'the same node, which has js-yaml parse them',
    argv: [...floor.argv, '/opt/js-yaml.cjs'],
  };
  // Another: gear itself with next to nothing to do, which is what its start and its first unit cost.
  await host.sh(`mkdir -p ${folder}/single && cp ${hundred}/app1.yaml ${folder}/single/`);
  const single = render('gear render, 10 containers in 1 file', `${folder}/single`);
  const of = await measure(stopwatch, [bareNode, small, floor, parsed, single, quadletRun], 6);
  await host.exec(['rm', '-rf', rendered]);
  const ofLarge = await measure(stopwatch, [small, large], 2);
  const other = { name: quadletRun.name, measured: of(quadletRun.name) };
  const once = { name: small.name, measured: ofLarge(small.name) };
  return [
    {
      what: small.name,
      measured: of(small.name),
      to: other,
      limit: { ms: 2 * other.measured.minMs, because: `2.0 × ${other.name}` },
    },
    ...[floor, parsed, single].map(({ name }) => ({ what: name, measured: of(name), to: other })),
    {
      what: large.name,
      measured: ofLarge(large.name),
      to: once,
      limit: { ms: 11 * once.measured.minMs, because: 'linear: 11 × the time of 1 000' },
    },
  ];
}

/** MB above the limit that checking and rendering ten thousand containers takes at its peak. */
export async function countMemory(host: Host): Promise<readonly Count[]> {
  const limitMb = 200;
  const from = await writeDescriptors(host, 1000);
  const { stderr } = await host.exec([gear, 'render', from, '--out', `${folder}/out`], {
    env: { NODE_OPTIONS: '--require=/opt/bench/peak-memory.cjs' },
    timeoutMs: 120_000,
  });
  await host.sh(`rm -rf ${folder}/out`);
  const peakMb = Math.round(Number(/peak (\d+)/.exec(stderr)?.[1]) / 1024);
  if (!(peakMb > 0)) throw new Error(`the peak of memory was not told: ${stderr}`);
  return [
    {
      what: `10 000 containers: MB of memory above ${String(limitMb)} (${String(peakMb)} at the peak)`,
      found: Math.max(0, peakMb - limitMb),
    },
  ];
}
