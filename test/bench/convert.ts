import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Host } from '../lab/host.ts';
import { gear } from './gear.ts';
import { bareNode, measure, type Candidate } from './measure.ts';
import type { Stopwatch } from './stopwatch.ts';
import type { Row } from './table.ts';

const folder = '/dev/shm/bench';
const [files, services] = [100, 20];

/** A service as people write them; without `restart` a key is approximated, and told with its line. */
function service(app: number, at: number, restart: boolean): string {
  return [
    `  s${String(at)}:`,
    '    image: registry.example.com/shop/web:3',
    ...(restart ? ['    restart: unless-stopped'] : []),
    '    environment:',
    '      MODE: production',
    `      NUMBER: "${String(at)}"`,
    `    ports: ["${String(20_000 + app * services + at)}:8080"]`,
    '    volumes: ["data:/var/lib/data"]',
    '    networks: [back]',
    '    healthcheck:',
    '      test: [CMD, wget, -qO-, "http://127.0.0.1:8080/"]',
    '      interval: 5s',
    ...(at === 0 ? [] : ['    depends_on:', `      s${String(at - 1)}: {condition: service_healthy}`]),
  ].join('\n');
}

async function writeStacks(host: Host, name: string, restart: boolean): Promise<string> {
  const staged = join(host.root, 'opt', name);
  await mkdir(staged, { recursive: true });
  for (let app = 0; app < files; app += 1) {
    const all = Array.from({ length: services }, (_, at) => service(app, at, restart));
    const text = [
      `name: app${String(app)}`,
      'services:',
      ...all,
      'volumes: {data: }',
      'networks: {back: }',
      '',
    ];
    await writeFile(join(staged, `app${String(app)}.yaml`), text.join('\n'));
  }
  await host.sh(`mkdir -p ${folder} && cp -r /opt/${name} ${folder}/`);
  return `${folder}/${name}`;
}

/** A hundred Compose files of twenty services turned into native descriptors. */
export async function benchConvert(host: Host, stopwatch: Stopwatch): Promise<readonly Row[]> {
  const convert = (name: string, from: string): Candidate => ({
    name,
    argv: [gear, 'convert', from, '--out', `${folder}/native`],
    after: ['rm', '-rf', `${folder}/native`],
  });
  const kept = convert('gear convert, 100 files of 20 services', await writeStacks(host, 'kept', true));
  const told = convert('the same, a key of each approximated', await writeStacks(host, 'told', false));
  const of = await measure(stopwatch, [bareNode, kept, told], 6);
  const to = { name: bareNode.name, measured: of(bareNode.name) };
  const limit = { ms: 400, because: 'whole process' };
  return [
    { what: kept.name, measured: of(kept.name), to, limit },
    { what: told.name, measured: of(told.name), to },
  ];
}
