import { beforeEach, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { checkJournal } from '../../../src/flows/doctor-journal.ts';
import { checkUnits } from '../../../src/flows/doctor-units.ts';
import { startContainers } from '../../../src/flows/start.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

let host: MemoryHost;

beforeEach(async () => {
  host = new MemoryHost();
  host.docker.images.add('web:1');
  host.files.place('/var/log/journal/4f/system.journal', '');
  await run(host, installing(['web:1', 'web'], { engine: 'docker' }));
});

const units = () => checkUnits(contextOn(host));

test('a unit that was written before live-restore was turned on or off is told, with what rewrites it', async () => {
  expect(await units()).toEqual([]);
  host.docker.about = { ...host.docker.about, liveRestore: true };
  expect(await units()).toMatchObject([
    {
      name: 'web',
      message: 'it stops with dockerd, though live-restore is on by now',
      next: 'gear start web',
    },
  ]);
  await run(host, (context) => startContainers(context, { names: ['web'], wait: true, timeoutMs: 60_000 }));
  expect(await units()).toEqual([]);
  host.docker.about = { ...host.docker.about, liveRestore: false };
  expect(await units()).toMatchObject([{ message: 'its unit counts on live-restore, which is off by now' }]);
});

test('what is bound to another container stays stopped when that fails, and is told with what does not', async () => {
  const flags = { unit: ['BindsTo=ctr-web.service', 'Documentation=https://example.com'] };
  await run(host, installing(['web:1', 'bound'], { engine: 'docker', flags }));
  expect(await units()).toMatchObject([
    { name: 'bound', next: 'gear set bound --reset unit --requires web' },
  ]);
});

/** What journald tells of a unit whose lines it left out. */
const dropped = (unit: string, lines: number): string =>
  JSON.stringify({ OBJECT_SYSTEMD_UNIT: unit, N_DROPPED: String(lines), MESSAGE: 'Suppressed' });

test('lines that the journal left out are told of the container that wrote them', async () => {
  expect(await checkJournal(contextOn(host))).toEqual([]);
  const lines = [
    dropped('ctr-web.service', 5),
    dropped('ssh.service', 9),
    dropped('ctr-web.service', 7),
    '{}',
  ];
  host.onRun = () => ({ status: 0, stdout: `${lines.join('\n')}\n`, stderr: '' });
  expect(await checkJournal(contextOn(host))).toMatchObject([
    {
      name: 'web',
      message: 'within a day the journal left out 12 of its lines: it wrote too many at once',
      next: 'gear set web --service LogRateLimitIntervalSec=0',
    },
  ]);
  const flags = { service: ['LogRateLimitIntervalSec=0'] };
  await run(host, installing(['web:1', 'web'], { engine: 'docker', flags }));
  expect(await checkJournal(contextOn(host))).toEqual([]);
});
