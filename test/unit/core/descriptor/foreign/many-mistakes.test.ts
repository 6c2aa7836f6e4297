import { describe, expect, test } from 'vitest';
import { readGeard } from '../../../../../src/core/descriptor/geard/read-geard.ts';
import { readKubernetes } from '../../../../../src/core/descriptor/kubernetes/read-kubernetes.ts';
import { readManifests } from '../../../../../src/core/descriptor/kubernetes/read-manifests.ts';
import { limits } from '../../../../../src/core/descriptor/text/limits.ts';
import type { Failure, Result } from '../../../../../src/errors/failure.ts';
import { composeOf } from '../../../../support/compose.ts';
import { quadletOf } from '../../../../support/quadlet.ts';
import { valueOf } from '../expectations.ts';

const context = { directory: '/srv/shop', environment: {}, files: new Map() };
const bytesOf = (text: string) => new TextEncoder().encode(text);

async function kubernetesOf(text: string): Promise<Result<unknown>> {
  const documents = valueOf(await readManifests([{ path: 'pod.yaml', bytes: bytesOf(text) }]));
  return readKubernetes(documents, 'shop', context);
}

function failuresOf(result: Result<unknown>): readonly Failure[] {
  return result.ok ? [] : result.failures;
}

/** Text of so many lines. */
const lines = (line: (index: number) => string, count = 20_000) =>
  Array.from({ length: count }, (_, at) => line(at)).join('');

describe('of a file that is made of mistakes the first thousand are told, each with its line', () => {
  test.each([
    ['Compose', () => composeOf(`services:\n${lines((at) => `  s${String(at)}: {imagee: a}\n`)}`)],
    [
      'Kubernetes',
      () =>
        kubernetesOf(
          `apiVersion: v1\nkind: Pod\nmetadata: {name: w}\nspec:\n  containers:\n${lines((at) => `  - {name: a${String(at)}, imagee: a}\n`)}`,
        ),
    ],
    [
      'kinds of Kubernetes that cannot be had',
      () =>
        kubernetesOf(
          `apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: Pod}\n${lines((at) => `- {apiVersion: v1, kind: K${String(at)}, metadata: {name: a}}\n`, 5000)}`,
        ),
    ],
    [
      'keys of Quadlet',
      () => quadletOf({ 'web.container': `[Container]\nImage=a\n${lines((at) => `K${String(at)}=x\n`)}` }),
    ],
    [
      'values of one key of Quadlet',
      () => quadletOf({ 'web.container': `[Container]\nImage=a\n${lines(() => 'PublishPort=x\n')}` }),
    ],
    [
      'geard',
      () =>
        readGeard(
          {
            path: 'shop.json',
            bytes: bytesOf(
              `{"Containers": [\n${lines(() => '{"Name": "a", "Count": "x"},\n')}{"Name": "b"}]}`,
            ),
          },
          'shop.json',
          context,
        ),
    ],
  ] as const)('of %s', async (_, read) => {
    const failures = failuresOf(await read());
    expect(failures.length).toBeGreaterThanOrEqual(limits.failures);
    expect(failures.length).toBeLessThanOrEqual(2 * limits.failures);
    for (const { place } of failures) expect(place?.line).toBeGreaterThan(0);
  });
});

describe('unit files of a megabyte', () => {
  test('with a hundred thousand values of one key are read in order', () => {
    const text = `[Container]\nImage=a\n${lines((at) => `Environment=A${String(at)}=x\n`, 50_000)}`;
    const { value } = valueOf(quadletOf({ 'web.container': text })).document;
    const { containers } = value as { containers: { web: { env: Record<string, string> } } };
    expect(Object.keys(containers.web.env).slice(-1)).toEqual(['A49999']);
  });
});
