import { afterAll, beforeAll, expect, test } from 'vitest';
import { sleepImage } from '../lab/images.ts';
import { loadImages } from '../lab/load-images.ts';
import type { ChangedInstance, ChangeReport } from '../../src/report/values.ts';
import type { PlanReport, RenderReport } from '../../src/report/values-of-plans.ts';
import { type GearHost, gearHost } from './support/gear-host.ts';

const folder = '/root/json';
const file = `${folder}/json.yaml`;
const unit = 'ctr-json.web.service';
let on: GearHost;

beforeAll(async () => {
  on = await gearHost('trixie');
  await loadImages(on.host, 'docker', [sleepImage()]);
  await describeApp('1');
});
afterAll(async () => {
  await on.clear();
  await on.host.sh(`rm -r ${folder}`);
});

async function describeApp(value: string): Promise<void> {
  const text = `name: json\nengine: docker\ncontainers: {web: {image: sleep:1, env: {A: "${value}"}}}\n`;
  await on.host.exec(['sh', '-c', `mkdir -p ${folder} && cat >${file}`], { input: text });
}

/** What `gear ARGUMENT… --json` prints: one document, with this exit status, and nothing beside it. */
async function printed(status: number, ...args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await on.gear([...args, '--json']);
  expect({ code, stderr }, `gear ${args.join(' ')}\n${stdout}`).toEqual({ code: status, stderr: '' });
  // Throws where anything stands beside the document.
  const value: unknown = JSON.parse(stdout);
  expect(stdout.endsWith('}\n'), stdout).toBe(true);
  return value;
}

/** The report of a change of one container. */
function changed(
  name: string,
  result: ChangedInstance['result'],
  { changes = [], warnings = [] }: Partial<Pick<ChangedInstance, 'changes' | 'warnings'>> = {},
): Readonly<Record<keyof Pick<ChangeReport, 'generation' | 'instances'>, unknown>> {
  return {
    generation: expect.any(Number) as unknown,
    instances: [{ name, unit: `ctr-${name}.service`, result, changes, warnings }],
  };
}

test('each command that changes a container prints what became of it as one document', async () => {
  const install = ['install', 'sleep:1', 'one', '--engine', 'docker'];
  expect(await printed(0, ...install)).toEqual(changed('one', 'installed'));
  expect(await printed(0, ...install)).toEqual({ ...changed('one', 'unchanged'), generation: null });
  const stays = ['one stays stopped (root); to start it: gear start one'];
  expect(await printed(0, 'stop', 'one')).toEqual(changed('one', 'stopped', { warnings: stays }));
  expect(await printed(0, 'start', 'one')).toEqual(changed('one', 'started'));
  expect(await printed(0, 'restart', 'one')).toEqual({ ...changed('one', 'restarted'), generation: null });
  expect(await printed(0, 'set', 'one', 'A=1')).toEqual(
    changed('one', 'updated', { changes: ['env A is new'] }),
  );
  expect(await printed(0, 'rollback', 'one')).toEqual({
    ...changed('one', 'updated', { changes: ['env A goes'] }),
    back: { from: expect.any(Number) as unknown, to: expect.any(Number) as unknown, name: 'one' },
  });
  expect(await printed(0, 'rm', 'one')).toEqual(changed('one', 'removed'));
});

test('plan and apply do so, and plan with its own exit status', async () => {
  const plan = (await printed(10, 'plan', file)) as PlanReport;
  const members = ['from', 'digest', 'changes', 'apps', 'pulls', 'forms', 'images', 'operations'];
  expect(Object.keys(plan).sort()).toEqual(members.sort());
  expect(plan).toMatchObject({
    changes: true,
    apps: [{ app: 'json', source: file, containers: [{ name: 'json.web', action: 'new' }] }],
    pulls: [],
  });
  expect(await printed(0, 'apply', file, '--yes')).toEqual(changed('json.web', 'installed'));
  expect(await printed(0, 'plan', file)).toMatchObject({ changes: false, operations: [] });
});

test('render, graph, export and diff do so', async () => {
  const { units, out } = (await printed(0, 'render', file)) as RenderReport;
  expect(out).toBeNull();
  expect(units).toMatchObject([{ name: unit, text: expect.stringContaining('[Service]') as unknown }]);
  expect(await printed(0, 'graph', file)).toEqual({
    graphs: [expect.objectContaining({ app: 'json' })],
    text: expect.stringContaining('web') as unknown,
  });
  expect(await printed(0, 'export', 'json')).toEqual({
    descriptor: expect.objectContaining({ name: 'json' }) as unknown,
    notes: [],
    losses: [],
    text: expect.stringContaining('name: json\n') as unknown,
  });
  expect(await printed(0, 'diff', 'json', file)).toMatchObject({ lines: [], containers: [] });
  await describeApp('2');
  const difference = await printed(10, 'diff', 'json', file);
  expect(difference).toMatchObject({ containers: [{ name: 'web' }] });
  expect(JSON.stringify(difference)).not.toContain('"2"');
});

test('eject does so', async () => {
  expect(await printed(0, 'eject', 'json.web')).toEqual(changed('json.web', 'ejected'));
  await on.host.sh(`
    systemctl disable --quiet --now ${unit}; rm -f /etc/systemd/system/${unit}; systemctl daemon-reload
    rm -rf /etc/ctr; docker rm --force $(docker ps -aq --filter label=gear.name=json.web)`);
});
