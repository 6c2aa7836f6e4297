import { expect, it } from 'vitest';
import { checkEngineVersion } from '../../../../src/core/model/engine-version.ts';

it.each([
  ['docker', '20.10.24+dfsg1'],
  ['docker', '26.1.5+dfsg1'],
  ['docker', '29.0.0-rc.1'],
  ['podman', '4.3.1'],
  ['podman', '5.4.2'],
  ['podman', '4.10.0'],
] as const)('%s %s is new enough', (kind, version) => {
  expect(checkEngineVersion({ kind, version })).toBeNull();
});

it.each([
  ['docker', '20.9.1'],
  ['docker', '19.03.15'],
  ['docker', ''],
  ['podman', '4.2.0'],
  ['podman', '3.4.4'],
  ['podman', 'unknown'],
] as const)('%s %j is too old, by name', (kind, version) => {
  expect(checkEngineVersion({ kind, version })).toMatchObject({ code: 'ENGINE_OLD', subject: kind });
});
