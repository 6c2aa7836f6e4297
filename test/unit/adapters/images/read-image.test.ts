import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readImage } from '../../../../src/adapters/images/read-image.ts';
import { tarFiles } from '../../../../src/adapters/images/read-tar.ts';
import { packTar } from '../../../../src/adapters/ssh/tar.ts';
import type { PackedLayer } from '../../../../src/ports/image-source.ts';
import { digestOf, inPieces, savedImage } from '../../../support/saved-image.ts';

async function read(of: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of of) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe('the files of an archive', () => {
  test('come whole, with long names, however the archive is cut into pieces and whether they are read or not', async () => {
    const long = `${'folder/'.repeat(30)}file`;
    const contents = { a: 'x'.repeat(512), passed: 'y'.repeat(5000), [long]: 'long', empty: '' };
    const tar = packTar(
      Object.entries(contents).map(([path, content]) => ({
        path,
        mode: 0o600,
        content: Buffer.from(content),
      })),
    );
    for (const size of [1, 511, 512, 513, 100_000]) {
      const found: Record<string, string> = {};
      for await (const { name, body } of tarFiles(inPieces(tar, size))) {
        found[name] = name === 'passed' ? 'passed over' : (await read(body)).toString();
      }
      expect(found).toEqual({ ...contents, passed: 'passed over' });
    }
  });

  test('that end early are no archive, and what was being read is told', async () => {
    const tar = packTar([{ path: 'a', mode: 0o600, content: Buffer.alloc(2000) }]);
    const all = async (): Promise<void> => {
      for await (const { body } of tarFiles(inPieces(tar.subarray(0, 1200)))) await read(body);
    };
    await expect(all()).rejects.toThrow('the archive ended early');
  });

  test('have a size above 8 GiB in the two ways that tar knows', async () => {
    const size = 9 * 1024 ** 3;
    const header = packTar([{ path: 'big', mode: 0o600, content: Buffer.alloc(0) }]).subarray(0, 512);
    header.writeUIntBE(0x80, 124, 1);
    header.writeUIntBE(0, 125, 5);
    header.writeUIntBE(size, 130, 6);
    for await (const file of tarFiles(inPieces(header))) {
      expect(file.sizeBytes).toBe(size);
      break;
    }
  });
});

describe.each(['docker 26', 'docker 20', 'containerd'] as const)('an image as %s writes it', (form) => {
  const image = savedImage(['one', 'two', 'three'], { form });
  const [one = '', two = '', three = ''] = image.layers.keys();
  const wanting = (wanted: readonly string[], found: Map<string, PackedLayer>) => ({
    name: 'shop:2',
    layers: image.facts.layers,
    wanted: new Set(wanted),
    onLayer: (digest: string, layer: PackedLayer) => void found.set(digest, layer),
  });

  test('gives the layers that are wanted, compressed, under the digest of their content, and what is beside them', async () => {
    const found = new Map<string, PackedLayer>();
    const frame = await readImage(inPieces(image.archive), wanting([one, three], found));
    expect([...found.keys()]).toEqual([one, three]);
    for (const [digest, layer] of found) {
      const packed = await read(layer.read());
      expect(packed.length).toBe(layer.sizeBytes);
      expect(digestOf(gunzipSync(packed))).toBe(digest);
    }
    expect(Buffer.from(frame.config.content).toString()).toBe(image.config);
    expect(frame.config.digest).toBe(image.facts.id);
    expect([...frame.layerBytes.keys()].toSorted()).toEqual([one, two, three].toSorted());
    expect(frame.layerBytes.get(two)).toBe(image.layers.get(two)?.length);
  });

  test('is refused where a layer is not in it', async () => {
    const other = savedImage(['one', 'two'], { form });
    await expect(readImage(inPieces(other.archive), wanting([three], new Map()))).rejects.toThrow(
      `the archive of shop:2 from its engine has no layer ${three.slice(0, 19)}`,
    );
  });
});

test('an archive whose layer was changed gives no layer under the old digest', async () => {
  const image = savedImage(['one', 'two']);
  const [, two = ''] = image.layers.keys();
  const at = image.archive.indexOf('two');
  image.archive.write('TWO', at);
  const reading = readImage(inPieces(image.archive), {
    name: 'shop:2',
    layers: image.facts.layers,
    wanted: new Set([two]),
    onLayer: () => expect.fail('it was packed'),
  });
  await expect(reading).rejects.toThrow('has no layer');
});
