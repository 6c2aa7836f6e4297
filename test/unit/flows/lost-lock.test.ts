import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { statusOf } from '../../../src/flows/status.ts';
import { contextOn, declaredOn, installing, run, runningOn, tracesOn } from './gear-in-memory.ts';

const engine = 'docker';
const update = (version: string) => installing([`web:${version}`, 'web'], { engine });

async function hostWithWeb(): Promise<MemoryHost> {
  const host = new MemoryHost();
  for (const version of ['1', '2', '3']) host.docker.images.add(`web:${version}`);
  await run(host, update('1'));
  return host;
}

/** What is to be seen of a change to web:3 that nothing came in between of. */
async function undisturbed(): Promise<object> {
  const host = await hostWithWeb();
  await run(host, update('3'));
  return tracesOn(host);
}

/** While the command stands still, right after it has written its generation, `meanwhile` happens. */
function standStillAfterWrite({ files }: MemoryHost, meanwhile: () => Promise<void>): void {
  const write = files.writeFolder.bind(files);
  files.writeFolder = async (...args) => {
    files.writeFolder = write;
    await write(...args);
    await meanwhile();
  };
}

/** The same, after it has made its container. */
function standStillAfterCreate({ docker }: MemoryHost, meanwhile: () => Promise<void>): void {
  const create = docker.create.bind(docker);
  docker.create = async (request) => {
    docker.create = create;
    const id = await create(request);
    await meanwhile();
    return id;
  };
}

async function text(host: MemoryHost, path: string): Promise<string> {
  return new TextDecoder().decode((await host.files.read(path)) ?? undefined);
}

const moments = [
  { moment: 'before its generation is written', standStill: standStillAfterCreate },
  { moment: 'between the write and the swap', standStill: standStillAfterWrite },
];

test.each(moments)(
  'a command that stood still $moment while another one changed the host changes nothing',
  async ({ standStill }) => {
    const host = await hostWithWeb();
    let written = '';
    let calls = 0;
    standStill(host, async () => {
      host.lock.expire();
      await run(host, update('3'), 'the faster one');
      written = await text(host, '/etc/gear/current/manifest.json');
      calls = host.calls.mark;
    });

    const result = await update('2')(contextOn(host, 'the slow one'));
    expect(result).toMatchObject({ ok: false, failures: [{ code: 'MOVED_ON' }] });
    expect(result.ok ? [] : result.failures).toHaveLength(1);
    // The making of its container, which is under way, writes down the ID.
    const changes = host.calls
      .since(calls)
      .filter((each) => !each.startsWith('files.write /run/gear/ctr-web.'));
    expect(changes, 'what it changed after it stood still').toEqual([]);
    expect(await text(host, '/etc/gear/current/manifest.json')).toBe(written);
    const status = await statusOf(contextOn(host), []);
    expect(status.ok && status.value.flatMap(({ problems }) => problems)).toEqual([]);

    await run(host, installing(['web:3', 'web', 'other'], { engine }));
    await run(host, installing(['web:3', 'web', 'other'], { engine }));
    const names = host.docker.containers.all().map(({ labels }) => labels['gear.name']);
    expect(names.toSorted(), 'its container is gone with the next change').toEqual(['other', 'web']);
  },
);

test('a command that is told that it lost the lock begins nothing more, and says that it lost it', async () => {
  const host = await hostWithWeb();
  const before = [await declaredOn(host), runningOn(host)];
  let calls = 0;
  standStillAfterWrite(host, () => {
    host.lock.lose();
    calls = host.calls.mark;
    return Promise.resolve();
  });
  const result = await update('2')(contextOn(host, 'the slow one'));
  expect(result).toMatchObject({ ok: false, failures: [{ code: 'LOCKED' }] });
  expect(host.calls.since(calls)).toEqual([]);
  expect([await declaredOn(host), runningOn(host)]).toEqual(before);
  await run(host, update('3'));
  expect(await tracesOn(host)).toEqual(await undisturbed());
});
