import { describe, expect, test } from 'vitest';
import { layersToSend } from '../../../../src/core/model/image-layers.ts';
import { parcelFiles } from '../../../../src/core/model/parcel.ts';

describe('the layers that an engine lacks', () => {
  const image = ['base', 'libraries', 'app'];

  test.each([
    ['nothing is there', [], ['base', 'libraries', 'app']],
    ['an older one of the same base is there', [['base', 'libraries', 'old']], ['app']],
    [
      'two share a part, the longest counts',
      [
        ['base', 'x'],
        ['base', 'libraries'],
      ],
      ['app'],
    ],
    ['it is part of a larger one', [['base', 'libraries', 'app', 'more']], []],
    ['an image has no layers', [[]], ['base', 'libraries', 'app']],
  ])('are the same for both, where %s', (_, present, lacking) => {
    expect(layersToSend('docker', image, present)).toEqual(lacking);
    expect(layersToSend('podman', image, present)).toEqual(lacking);
  });

  test('are for Docker all above the first difference, for Podman those of no image', () => {
    const present = [['other', 'libraries', 'app']];
    expect(layersToSend('docker', image, present)).toEqual(image);
    expect(layersToSend('podman', image, present)).toEqual(['base']);
  });

  test('are each named once, as an empty layer that is there twice', () => {
    expect(layersToSend('docker', ['a', 'empty', 'b', 'empty'], [['a']])).toEqual(['empty', 'b']);
  });
});

test('an image in a folder is described in the way of each engine, under no name, with all its layers', () => {
  const content = {
    config: { digest: 'sha256:cc', sizeBytes: 7 },
    layers: [
      { digest: 'sha256:aa', sizeBytes: 1 },
      { digest: 'sha256:bb', sizeBytes: 2 },
    ],
  };
  const docker = parcelFiles('docker', content);
  expect(Object.keys(docker)).toEqual(['manifest.json']);
  expect(JSON.parse(docker['manifest.json'] ?? '')).toEqual([
    { Config: 'cc', RepoTags: null, Layers: ['aa', 'bb'] },
  ]);
  const podman = parcelFiles('podman', content);
  expect(podman['version']).toBe('Directory Transport Version: 1.1\n');
  expect(JSON.parse(podman['manifest.json'] ?? '')).toMatchObject({
    schemaVersion: 2,
    config: { digest: 'sha256:cc', size: 7 },
    layers: [
      { digest: 'sha256:aa', size: 1 },
      { digest: 'sha256:bb', size: 2 },
    ],
  });
});
