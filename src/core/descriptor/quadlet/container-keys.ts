import { environmentKeys } from './environment-keys.ts';
import type { QuadletKey } from './key.ts';
import { lifeKeys } from './life-keys.ts';
import { networkKeys } from './network-keys.ts';
import { processKeys } from './process-keys.ts';
import { securityKeys } from './security-keys.ts';
import { storageKeys } from './storage-keys.ts';

const order: readonly string[] = ['Network'];

/** Every key of [Container], in the order in which they are read: what others build on comes first. */
export const containerKeys: readonly QuadletKey[] = [
  ...processKeys,
  ...environmentKeys,
  ...networkKeys.filter(({ name }) => order.includes(name)),
  ...networkKeys.filter(({ name }) => !order.includes(name)),
  ...securityKeys,
  ...storageKeys,
  ...lifeKeys,
];
