import { expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { findOutdated } from '../../../src/flows/outdated.ts';
import { contextOn, installing, run } from './gear-in-memory.ts';

/** What `gear outdated` says: name → age. */
async function agesOn(host: MemoryHost, ...names: string[]) {
  const result = await findOutdated(contextOn(host), names);
  if (!result.ok) throw new Error(JSON.stringify(result.failures));
  const ages = Object.fromEntries(result.value.rows.map(({ name, age }) => [name, age]));
  return { ages, failures: result.value.failures };
}

async function hostWithWeb(): Promise<MemoryHost> {
  const host = new MemoryHost();
  host.docker.images.publish('web:1');
  await run(host, installing(['web:1', 'web']));
  return host;
}

test('an image is current until its registry has another under the name', async () => {
  const host = await hostWithWeb();
  expect(await agesOn(host)).toEqual({ ages: { web: 'current' }, failures: [] });
  host.docker.images.publish('web:1', { user: 'nobody' });
  expect(await agesOn(host)).toEqual({ ages: { web: 'outdated' }, failures: [] });
});

test('an image that was pruned is compared by the digest that it came by', async () => {
  const host = await hostWithWeb();
  for (const { id } of host.docker.images.all()) host.docker.images.drop(id);
  expect((await agesOn(host)).ages).toEqual({ web: 'current' });
});

test('what came from no registry, and what is pinned, is not asked for', async () => {
  const host = new MemoryHost();
  host.docker.images.add('built:1');
  const [digest = ''] = host.docker.images.publish('web:1').digests;
  await run(host, installing(['built:1', 'built']));
  await run(host, installing([digest, 'pinned']));
  expect(await agesOn(host)).toEqual({ ages: { built: 'local', pinned: 'pinned' }, failures: [] });
});

test('a registry that does not answer is told once, and holds up no other', async () => {
  const host = await hostWithWeb();
  host.docker.images.publish('shop:1');
  await run(host, installing(['shop:1', 'a', 'b']));
  const failure = { code: 'PULL_UNREACHABLE', message: 'no answer', next: 'try again' } as const;
  host.docker.images.withhold('shop:1', failure);
  const { ages, failures } = await agesOn(host);
  expect(ages).toEqual({ a: 'unknown', b: 'unknown', web: 'current' });
  expect(failures).toEqual([failure]);
});

test('only what is named is asked for', async () => {
  const host = await hostWithWeb();
  host.docker.images.publish('shop:1');
  await run(host, installing(['shop:1', 'shop']));
  expect((await agesOn(host, 'shop')).ages).toEqual({ shop: 'current' });
});
