import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readApps } from '../../../src/cli/read-apps.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gear-mistakes-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** All that is wrong with the files of a folder, by line and column. */
async function told(texts: Readonly<Record<string, string>>, strict = false): Promise<readonly string[]> {
  for (const [name, text] of Object.entries(texts)) await writeFile(path.join(folder, name), text);
  const paths = { paths: [path.join(folder, Object.keys(texts)[0] ?? '')], overlays: [] };
  const { failures } = await readApps(paths, undefined, { strict });
  return failures.map(({ message, place }) =>
    `${String(place?.line)}:${String(place?.column)} ${message}`.replaceAll(folder, 'PROJECT'),
  );
}

describe('all mistakes of a file of another format come at once', () => {
  test('of Compose: keys, references, values, variables, relations and what cannot be had', async () => {
    const text = `services:
  web:
    imagee: web:1
    mem_limit: 5x
    depends_on: [dbb]
    environment: {A: "\${A_B_C:?needed}"}
    volumes: ["data:/y"]
  db:
    image: "UPPER CASE"
    healthcheck: {test: [CMD, x], interval: abc, retries: "3"}
    ports: ["80:80:80:80"]
  model:
    provider: {type: x}
  one: {image: a, depends_on: [two]}
  two: {image: a, depends_on: [one]}
`;
    expect(await told({ 'compose.yaml': text })).toEqual([
      '3:5 Compose has no key "imagee" here',
      '4:16 "5x" is not an amount of memory',
      '5:18 there is no service "dbb" in this file',
      '6:23 the variable A_B_C is not set: needed',
      '7:15 there is no volume "data" in this file',
      '9:12 "UPPER CASE" is not the name of an image',
      '10:45 "abc" is not a duration',
      '11:13 there are too many ":"',
      expect.stringMatching(/^13:\d+ services.model.provider cannot be had/) as string,
      '14:32 these wait for each other: one → two → one',
    ]);
  });

  test('what cannot be had does not hide what is wrong', async () => {
    const text = 'services:\n  web: {image: a, mem_limit: 5x}\n  ai: {provider: {type: x}}\n';
    expect(await told({ 'compose.yaml': text })).toEqual([
      '2:30 "5x" is not an amount of memory',
      expect.stringMatching(/^3:\d+ services.ai.provider cannot be had/) as string,
    ]);
    const strict = await told(
      { 'compose.yaml': 'services:\n  web: {image: a, build: ., mem_limit: 5x}\n' },
      true,
    );
    expect(strict).toContain('2:40 "5x" is not an amount of memory');
    expect(strict.filter((line) => line.includes('would only be approximated'))).toHaveLength(2);
  });

  test('of a file that asks for one which is not there, without what may stand in that', async () => {
    const text = `include: [gone.yaml]
services:
  web: {image: a, depends_on: [db], volumes: ["data:/x"], imagee: b}
  own: {extends: {file: other.yaml, service: base}}
`;
    expect(await told({ 'compose.yaml': text })).toEqual([
      '1:11 the file "PROJECT/gone.yaml" does not exist',
      '3:59 Compose has no key "imagee" here',
      '4:18 the file "PROJECT/other.yaml" does not exist',
    ]);
  });

  test('of manifests', async () => {
    const text = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: "UPPER CASE", imagee: x, resources: {limits: {cpu: many}}}
`;
    expect(await told({ 'pod.yaml': text })).toEqual([
      '6:26 "UPPER CASE" is not the name of an image',
      '6:40 Kubernetes has no key "imagee" here',
      expect.stringMatching(/^6:77 "many"/) as string,
    ]);
  });

  test('of Quadlet', async () => {
    const text = '[Container]\nImagee=x\nImage=UPPER CASE\nPublishPort=x\nShmSize=5x\n';
    const all = await told({ 'web.container': text });
    expect(all.map((line) => line.replace(/:.*/, ''))).toEqual(['2', '3', '4', '5']);
  });
});

describe('a file of which nothing would run says why', () => {
  test.each([
    ['compose.yaml', 'services:\n  web: {image: a, profiles: [tools]}\n', '2:3', 'COMPOSE_PROFILES=tools'],
    ['shop.json', '{"Containers": [\n{"Name": "web", "Image": "a"}]}', '2:1', 'its Count is 0'],
    ['a.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: x}\n', '1:1', 'left out'],
    ['a.volume', '[Volume]\nLabel=a=b\n', 'undefined', 'add one'],
  ])('%s', async (name, text, at, next) => {
    await writeFile(path.join(folder, name), text);
    const { failures } = await readApps({ paths: [path.join(folder, name)], overlays: [] });
    expect(failures).toEqual([
      expect.objectContaining({
        message: 'no container of this file would run',
        next: expect.stringContaining(next) as string,
      }),
    ]);
    expect(at).toContain(String(failures[0]?.place?.line));
  });
});
