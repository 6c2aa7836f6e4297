import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Document, Path } from '../../src/core/descriptor/document.ts';
import { containerFields } from '../../src/core/descriptor/kubernetes/container-fields.ts';
import { kinds } from '../../src/core/descriptor/kubernetes/kinds.ts';
import { podFields } from '../../src/core/descriptor/kubernetes/pod-fields.ts';
import { readKubernetes } from '../../src/core/descriptor/kubernetes/read-kubernetes.ts';
import { readNative } from '../../src/core/descriptor/native/read-native.ts';
import { kubernetesOf } from '../support/kubernetes.ts';

const context = { directory: '/srv/shop', environment: {}, files: new Map() };

/** A document whose places are the paths themselves. */
function documentOf(value: unknown): Document {
  return {
    value,
    source: 'x.yaml',
    place: (path: Path) => ({ source: 'x.yaml', text: path.join('.') }),
    locate: () => Promise.resolve(),
  };
}

const anything = fc.oneof(
  fc.constantFrom<unknown>(
    'a',
    '8080',
    80,
    true,
    null,
    '500m',
    [],
    {},
    { name: 'a' },
    ['a'],
    [{ name: 'data', mountPath: '/d' }],
  ),
  fc.constantFrom<unknown>(
    [{ name: 'A', value: 'b' }],
    { exec: { command: ['x'] } },
    { httpGet: { port: 80 } },
    { limits: { cpu: '1' } },
  ),
  fc.jsonValue({ maxDepth: 3 }),
);
const mapOf = (names: readonly { readonly name: string }[]) =>
  fc.dictionary(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...names.map(({ name }) => name)) },
      { weight: 1, arbitrary: fc.string() },
    ),
    anything,
    { maxKeys: 6 },
  );
const container = mapOf(containerFields).map((fields) => ({ name: 'a', image: 'b:1', ...fields }));
const pod = fc
  .tuple(mapOf(podFields), fc.array(container, { maxLength: 3 }), fc.array(container, { maxLength: 2 }))
  .map(([fields, containers, initContainers]) => ({ ...fields, containers, initContainers }));
const object = fc
  .tuple(fc.constantFrom(...kinds), pod, anything, fc.nat(4))
  .map(([{ name, apiVersions }, spec, other, replicas]) => ({
    kind: name,
    apiVersion: apiVersions[0],
    metadata: { name: 'web', labels: { app: 'web' } },
    data: other,
    items: [],
    spec:
      name === 'Pod'
        ? spec
        : {
            replicas,
            selector: { app: 'web' },
            template: { spec, metadata: { labels: { app: 'web' } } },
            ports: other,
          },
  }));

test('whatever manifests hold, reading them ends in a value or in mistakes with places, never in a crash', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 9, arbitrary: object }, { weight: 1, arbitrary: anything }), {
        maxLength: 4,
      }),
      (objects) => {
        const app = readKubernetes(objects.map(documentOf), 'shop', context);
        if (app.ok) {
          readNative(app.value.document, context);
          return;
        }
        expect(app.failures.length).toBeGreaterThan(0);
        for (const { message, next, place } of app.failures) {
          expect(message).toMatch(/^[^\n]*[^.\n]$/);
          expect(next).not.toBe('');
          expect(place).toBeDefined();
        }
      },
    ),
    { numRuns: 1500 },
  );
});

test('no field of a container is dropped in silence', () => {
  fc.assert(
    fc.property(container, (fields) => {
      const spec = { containers: [fields] };
      const app = readKubernetes(
        [documentOf({ kind: 'Pod', apiVersion: 'v1', metadata: { name: 'web' }, spec })],
        'shop',
        context,
      );
      if (!app.ok) return;
      const told = app.value.losses.map(({ path }) => String(path[4]));
      for (const [key, value] of Object.entries(fields as Readonly<Record<string, unknown>>))
        if (value !== null) expect(told, key).toContain(key);
    }),
    { numRuns: 1500 },
  );
});

test('any text at all is read, or its mistakes are told', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (text) => {
      const app = await kubernetesOf({ 'x.yaml': `apiVersion: v1\nkind: Pod\n${text}` });
      if (!app.ok) expect(app.failures.length).toBeGreaterThan(0);
    }),
    { numRuns: 300 },
  );
});
