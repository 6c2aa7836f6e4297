import { expect, test } from 'vitest';
import { withAdopted } from '../../../../src/adapters/engine/adopted.ts';
import { MemoryHost } from '../../../../src/adapters/host/memory/host.ts';
import { adoptedPath, adoptedText } from '../../../../src/core/model/adopted.ts';

const form = 'ctr-web.0123456789ab';

/** A host with a container that was there before gear, and the record of its adoption. */
async function adopted(called?: string) {
  const host = new MemoryHost();
  host.docker.containers.addForeign('front');
  const id = host.docker.containers.find('front')?.id ?? '';
  const record = {
    ...{ container: form, id, engine: 'docker' as const, app: 'web', name: 'web', hash: '0123456789ab' },
    ...{ settled: true, formerName: 'front', formerRestart: 'always' },
    ...(called === undefined ? {} : { called }),
  };
  await host.files.write(adoptedPath(form), adoptedText(record), 0o644);
  return { host, id, engine: withAdopted(host.docker, host.files) };
}

const namesOf = (containers: readonly { readonly name: string }[]) => containers.map(({ name }) => name);

test('what was adopted is gear’s under the name that was asked for and under that of its form, and no other', async () => {
  const { host, engine } = await adopted('front');
  for (const [before, name] of [
    ['front', 'front'],
    ['front', form],
  ] as const) {
    if (before !== name) host.docker.containers.rename(before, name);
    expect(namesOf(await engine.owned())).toEqual([name]);
    expect((await engine.everyContainer())[0]?.labels).toMatchObject({ 'gear.name': 'web' });
  }
  host.docker.containers.rename(form, 'elsewhere');
  expect(await engine.owned()).toEqual([]);
  const plain = await adopted();
  expect(await plain.engine.owned()).toEqual([]);
});

test('it is removed by its ID with its record, though another has its name by then', async () => {
  const { host, id, engine } = await adopted('front');
  host.docker.containers.rename('front', form);
  host.docker.containers.addForeign('front', { 'gear.name': 'web' });
  expect(namesOf(await engine.owned()).toSorted()).toEqual([form, 'front']);
  await engine.remove('front', 'web', id);
  expect(namesOf(host.docker.containers.all())).toEqual(['front']);
  expect(await host.files.read(adoptedPath(form))).toBeNull();
});
