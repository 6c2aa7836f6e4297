import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dockerConnection } from '../../../../src/adapters/engine/docker-connection.ts';
import { dockerPull } from '../../../../src/adapters/engine/docker-pull.ts';
import { podmanProgress } from '../../../../src/adapters/engine/podman-progress.ts';
import { attempt } from '../../../../src/errors/failure.ts';
import type { PullProgress } from '../../../../src/ports/engine.ts';

const layer = '4f4fb700ef54';
const name = { domain: 'registry:5000', path: 'web', tag: '1', digest: null, short: false };
const image = { kind: 'name', ...name } as const;
const nobody = { name: 'nobody', uid: 65534, home: '/nonexistent', environment: {}, sudoUser: null };

/** As dockerd answers POST /images/create, one JSON value a line. */
const answer = [
  { status: 'Pulling from web', id: '1' },
  { status: 'Pulling fs layer', progressDetail: {}, id: layer },
  {
    status: 'Downloading',
    progressDetail: { current: 16, total: 32 },
    progress: '[==>  ] 16B/32B',
    id: layer,
  },
  // The length is not always known.
  { status: 'Extracting', progressDetail: { current: 1, units: 's' }, progress: '1 s', id: layer },
  { status: 'Pull complete', progressDetail: {}, id: layer },
  { status: 'Digest: sha256:0d6a4c0c' },
];

/** What a pull from a dockerd that answers this tells, and how it ends. */
async function pulled(items: readonly object[]): Promise<{ told: PullProgress[]; code: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'gear-pull-'));
  const socket = join(folder, 'docker.sock');
  const server = createServer((_request, response) => {
    const text = items.map((item) => `${JSON.stringify(item)}\r\n`).join('');
    // However it is cut, whole lines are told.
    for (let at = 0; at < text.length; at += 7) response.write(text.slice(at, at + 7));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const told: PullProgress[] = [];
  const options = { onProgress: (progress: PullProgress) => void told.push(progress) };
  const none = () => Promise.resolve(null);
  const result = await attempt(() => dockerPull(dockerConnection(socket), image, nobody, options, none));
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
  return { told, code: result.ok ? '' : (result.failures[0]?.code ?? '') };
}

test('a pull with Docker tells each layer with its phase and bytes, and the image without a layer', async () => {
  expect(await pulled(answer)).toEqual({
    code: '',
    told: [
      { layer: '', phase: 'Pulling from web' },
      { layer, phase: 'Pulling fs layer' },
      { layer, phase: 'Downloading', currentBytes: 16, totalBytes: 32 },
      { layer, phase: 'Extracting', currentBytes: 1 },
      { layer, phase: 'Pull complete' },
      { layer: '', phase: 'Digest: sha256:0d6a4c0c' },
    ],
  });
});

test('a refusal in the middle of the answer of Docker is a failure, and what came before it was told', async () => {
  const words = 'manifest for registry:5000/web:1 not found: manifest unknown';
  const refused = [...answer.slice(0, 1), { errorDetail: { message: words }, error: words }];
  expect(await pulled(refused)).toEqual({
    code: 'IMAGE_UNKNOWN',
    told: [{ layer: '', phase: 'Pulling from web' }],
  });
});

test('what podman pull prints is told by layer, however it is cut, and its error is not progress', () => {
  const text = [
    'Trying to pull registry:5000/web:1...',
    'Getting image source signatures',
    `Copying blob sha256:${layer.padEnd(64, '0')}`,
    `Copying blob ${layer} done   | `,
    `Copying config sha256:${'ab'.repeat(32)}`,
    'Writing manifest to image destination',
    'Error: copying system image from manifest list: no space left on device',
    '',
  ].join('\n');
  const told: PullProgress[] = [];
  const feed = podmanProgress((progress) => void told.push(progress));
  for (let at = 0; at < text.length; at += 5) feed(text.slice(at, at + 5));
  expect(told).toEqual([
    { layer: '', phase: 'Trying to pull registry:5000/web:1...' },
    { layer: '', phase: 'Getting image source signatures' },
    { layer, phase: 'Copying blob' },
    { layer, phase: 'done' },
    { layer: 'abababababab', phase: 'Copying config' },
    { layer: '', phase: 'Writing manifest to image destination' },
  ]);
});
