import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryHost } from '../../../src/adapters/host/memory/host.ts';
import { imageSource } from '../../../src/adapters/images/source.ts';
import { unknownImageId } from '../../../src/core/model/image.ts';
import type { ResolvedImage } from '../../../src/core/model/instance.ts';
import { attempt, FailureError, type Result } from '../../../src/errors/failure.ts';
import type { FlowContext } from '../../../src/flows/context.ts';
import type { ImagePolicy } from '../../../src/flows/inputs.ts';
import { findPinned } from '../../../src/flows/pinned-image.ts';
import { findLeftovers } from '../../../src/flows/leftovers.ts';
import { pulledMarks } from '../../../src/flows/pulled-images.ts';
import { pushImage } from '../../../src/flows/push.ts';
import type { Engine } from '../../../src/ports/engine.ts';
import type { Event } from '../../../src/report/events.ts';
import type { PushedImage } from '../../../src/report/values-of-images.ts';
import { inPieces, type SavedImage, savedImage } from '../../support/saved-image.ts';
import { contextOn, installing } from './gear-in-memory.ts';

const name = 'docker.io/library/shop:2';
const registry = { id: 'sha256:' + 'd'.repeat(64), name: `docker.io/library/shop@sha256:${'e'.repeat(64)}` };

/** The engine of where gear is typed, with these images by name. */
function typedWhere(images: Readonly<Record<string, SavedImage>>, digests: readonly string[] = []) {
  const saved: string[] = [];
  const engine: Pick<Engine, 'kind' | 'image' | 'save'> = {
    kind: 'docker',
    image: (reference) => {
      const facts = images[reference]?.facts;
      return Promise.resolve(facts === undefined ? null : { ...facts, digests });
    },
    save: (id) => {
      saved.push(id);
      const found = Object.values(images).find(({ facts }) => facts.id === id);
      return inPieces(found?.archive ?? Buffer.alloc(0));
    },
  };
  return { saved, source: imageSource(() => Promise.resolve([engine as Engine])) };
}

const shop = savedImage(['base', 'libraries', 'shop 2'], { env: ['A=1'] });
const [base = '', libraries = '', top = ''] = shop.layers.keys();
const folder = `/var/lib/gear/parcels/${shop.facts.id.slice(7)}-docker`;
let host: MemoryHost;
let events: Event[];
/** What happened before it does not count. */
let mark: number;
beforeEach(() => {
  host = new MemoryHost();
  events = [];
  mark = host.calls.mark;
});

const context = (more: Partial<FlowContext> = {}): FlowContext => ({
  ...contextOn(host),
  emit: (event) => void events.push(event),
  ...more,
});
const push = (source = typedWhere({ 'shop:2': shop }).source, engine: 'docker' | 'podman' = 'docker') =>
  pushImage(context(), { reference: 'shop:2', engine, source, where: 'here' });
const received = (): readonly string[] =>
  host.calls
    .since(mark)
    .filter((call) => call.startsWith('files.receive '))
    .map((call) => call.split('/').at(-1) ?? '');
const hex = (digest: string): string => digest.slice(7);

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new FailureError(...result.failures);
  return result.value;
}

/** The host has an older image on the same base. */
function hasOlder(): void {
  host.docker.images.take({ ...savedImage(['base', 'libraries', 'shop 1']).facts });
}

describe('an image for a host', () => {
  test('travels without the layers that the host has, is there under its name, and leaves no parcel', async () => {
    hasOlder();
    const pushed = valueOf(await push());
    expect(received()).toEqual([hex(top)]);
    expect(pushed).toMatchObject({
      layers: 3,
      sentLayers: 1,
      changed: true,
      whole: false,
      id: shop.facts.id,
    });
    expect(host.docker.images.find(name)?.id).toBe(shop.facts.id);
    expect(await host.files.list('/var/lib/gear/parcels')).toEqual([]);
  });

  test('is not sent where it is, and is given its name there', async () => {
    host.docker.images.take(shop.facts);
    const { source, saved } = typedWhere({ 'shop:2': shop });
    expect(valueOf(await push(source))).toMatchObject({ changed: false, sentBytes: 0 });
    expect(host.docker.images.find(name)?.id).toBe(shop.facts.id);
    expect([received(), saved]).toEqual([[], []]);
  });

  test('goes on behind the layers that arrived whole before', async () => {
    const content = shop.layers.get(base) ?? Buffer.alloc(0);
    await host.files.receive(`${folder}/${hex(base)}`, inPieces(gzipSync(content)), base);
    mark = host.calls.mark;
    expect(valueOf(await push())).toMatchObject({ sentLayers: 2 });
    expect(received()).toEqual([hex(libraries), hex(top)]);
  });

  test('is read once for all hosts that lack the same of it', async () => {
    const { source, saved } = typedWhere({ 'shop:2': shop });
    const others = [host, new MemoryHost(), new MemoryHost()].map((each) => ({ ...context(), host: each }));
    const input = { reference: 'shop:2', engine: 'podman', source, where: 'here' } as const;
    const results = await Promise.all(others.map((each) => pushImage(each, input)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(saved).toEqual([shop.facts.id]);
  });

  test('goes to both engines of a host at once', async () => {
    const engines = ['docker', 'podman'] as const;
    const sent = await Promise.all(engines.map((engine) => push(undefined, engine)));
    for (const result of sent) expect(valueOf(result)).toMatchObject({ id: shop.facts.id, sentLayers: 3 });
    for (const engine of engines) expect(host[engine].images.find(name)?.id).toBe(shop.facts.id);
    expect(await host.files.list('/var/lib/gear/parcels')).toEqual([]);
  });

  test('sent by two at once travels once: the second waits, is told for whom, and has it then', async () => {
    const first = push();
    const second = pushImage(context({ by: 'berta' }), {
      ...{ reference: 'shop:2', engine: 'docker', where: 'here' },
      source: typedWhere({ 'shop:2': shop }).source,
    });
    const sent = [valueOf(await first), valueOf(await second)];
    expect(sent.map(({ id }) => id)).toEqual([shop.facts.id, shop.facts.id]);
    expect(sent.map(({ sentLayers }) => sentLayers).toSorted()).toEqual([0, 3]);
    expect(received()).toHaveLength(3);
    expect(events.filter(({ type }) => type === 'waiting')).toHaveLength(1);
    expect(await host.files.list('/var/lib/gear/parcels')).toEqual([]);
  });

  test('that two names send is kept in mind under both', async () => {
    const other = { reference: 'web:2', engine: 'docker', where: 'here' } as const;
    const { source } = typedWhere({ 'shop:2': shop, 'web:2': shop });
    const sent = await Promise.all([push(source), pushImage(context(), { ...other, source })]);
    expect(sent.map((each) => valueOf(each).changed).toSorted()).toEqual([false, true]);
    const marks = await pulledMarks(context());
    expect(marks.flatMap(({ references }) => references).toSorted()).toEqual(['shop:2', 'web:2']);
  });

  test('whose lock is lost in the middle is told, and the folder left to whoever has it now', async () => {
    const { onLoad } = host.docker;
    host.docker.onLoad = (parcel) => {
      host.sendLock(parcel.folder.split('/').at(-1) ?? '').lose();
      return onLoad(parcel);
    };
    expect(await push()).toMatchObject({ failures: [{ code: 'LOCKED' }] });
    expect(await host.files.list('/var/lib/gear/parcels')).toHaveLength(1);
  });

  test('that is being sent is no leftover; what was given up is', async () => {
    const leftovers = async () => (await findLeftovers(context(), [], 0)).map(({ subject }) => subject);
    const seen: (readonly string[])[] = [];
    host.docker.onLoad = () => {
      throw new FailureError({ code: 'ENGINE_DOWN', message: 'no answer', next: 'again' });
    };
    const pushing = push({
      find: async (reference) => {
        const found = await typedWhere({ 'shop:2': shop }).source.find(reference);
        if (found === null) return null;
        return {
          ...found,
          open: (wanted) => {
            const reading = found.open(wanted);
            const layer = async (digest: string) => {
              seen.push(await leftovers());
              return reading.layer(digest);
            };
            return { ...reading, layer };
          },
        };
      },
    });
    expect((await pushing).ok).toBe(false);
    expect(seen).toEqual([[], [], []]);
    expect(await leftovers()).toEqual([`${shop.facts.id.slice(7, 19)}-docker`]);
  });

  test('is sent whole, and that is said, where the engine does not look for layers in its store', async () => {
    hasOlder();
    const { onLoad } = host.docker;
    host.docker.onLoad = (parcel) => (parcel.parts.length === 4 ? onLoad(parcel) : null);
    expect(valueOf(await push())).toMatchObject({ sentLayers: 3, whole: true });
    expect(received()).toEqual([top, base, libraries].map(hex));
    expect(events.find(({ type }) => type === 'notice')).toMatchObject({
      message: expect.stringContaining('does not take an image without the layers') as string,
    });
  });

  test('is refused, and gets no name, where the engine has something else after the load', async () => {
    const other = { ...shop.facts, id: registry.id, layers: [base] };
    host.docker.onLoad = () => {
      host.docker.images.take(other);
      return other;
    };
    const failed: Result<PushedImage> = await push();
    expect(failed).toMatchObject({ ok: false, failures: [{ code: 'IMAGE_DAMAGED' }] });
    expect(host.docker.images.find(name)).toBeNull();
  });

  test('is not sent to a machine that cannot run it, or when nobody has it', async () => {
    host.docker.about = { ...host.docker.about, architecture: 'arm64' };
    expect(await push()).toMatchObject({ failures: [{ code: 'IMAGE_PLATFORM' }] });
    const nowhere = await push(typedWhere({}).source);
    expect(nowhere).toMatchObject({
      failures: [{ code: 'IMAGE_UNKNOWN', message: 'no engine here has the image shop:2' }],
    });
    expect(received()).toEqual([]);
  });
});

describe('an install on a host that lacks the image', () => {
  const install = (imagesHere: FlowContext['imagesHere']) =>
    installing(['shop:2', 'shop'])(context(imagesHere === undefined ? {} : { imagesHere }));

  test('sends one of no registry from where gear is typed, without asking one', async () => {
    host.docker.images.withhold(name, { code: 'PULL_FAILED', message: 'asked', next: 'n' });
    valueOf(await install(typedWhere({ 'shop:2': shop }).source));
    expect(host.docker.images.find(name)?.id).toBe(shop.facts.id);
    expect(events.some(({ type }) => type === 'pushed')).toBe(true);
    expect(events.some(({ type }) => type === 'notice')).toBe(false);
  });

  test('pulls one of a registry, and sends it where the registry refuses, saying why', async () => {
    const own = typedWhere({ 'shop:2': shop }, [registry.name]);
    host.docker.images.withhold(name, { code: 'PULL_DENIED', message: 'the registry refuses', next: 'n' });
    valueOf(await install(own.source));
    expect(events.find(({ type }) => type === 'notice')).toMatchObject({
      message: 'the registry refuses; it is sent from here',
    });

    host = new MemoryHost();
    host.docker.images.publish('shop:2');
    valueOf(await install(own.source));
    expect(own.saved).toEqual([shop.facts.id]);
  });

  test('fails as the pull does where gear is typed on the host itself, or nobody has the image', async () => {
    for (const here of [undefined, typedWhere({}).source])
      expect(await install(here)).toMatchObject({ ok: false, failures: [{ code: 'IMAGE_UNKNOWN' }] });
  });
});

describe('the very image that ran on another host', () => {
  const there = typedWhere({ [shop.facts.id]: shop }).source;
  const image = { reference: 'shop:2', id: shop.facts.id, digest: null };
  const find = (policy: ImagePolicy, imagesThere?: FlowContext['imagesThere'], of: ResolvedImage = image) =>
    attempt(() =>
      findPinned(context(imagesThere === undefined ? {} : { imagesThere }), 'docker', of, {
        policy,
        similar: null,
      }),
    );

  test('is sent by that host where no registry has it, and a plan says that it will be', async () => {
    expect(await find('plan', there)).toMatchObject({ ok: true, value: { image: { id: unknownImageId } } });
    expect(host.docker.images.find(name)).toBeNull();
    expect(await find('missing', there)).toMatchObject({ ok: true, value: { image: { id: shop.facts.id } } });
    expect(host.docker.images.find(name)?.id).toBe(shop.facts.id);
  });

  test('is sent where its registry refuses, and not where fetching is forbidden or nobody has it', async () => {
    const pulled = { ...image, digest: registry.name };
    host.docker.images.withhold(registry.name, { code: 'PULL_DENIED', message: 'refused', next: 'n' });
    for (const each of [await find('never', there), await find('missing')])
      expect(each).toMatchObject({ ok: false, failures: [{ code: 'IMAGE_UNKNOWN' }] });
    expect(await find('missing', there, pulled)).toMatchObject({ ok: true });
  });
});
