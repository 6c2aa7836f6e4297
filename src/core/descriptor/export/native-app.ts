import { appNetworkName, type AppRequest, type VolumeRequest } from '../../model/app.ts';
import type { ContainerRequest } from '../../model/container.ts';
import type { NetworkRequest } from '../../model/network.ts';
import { specDifferences } from '../../model/spec-differences.ts';
import { exportContext, type ExportContext } from './export-context.ts';
import { nativeContainer, type NativeOptions } from './native-container.ts';
import type { ShortKey } from './short-keys.ts';
import { literal, present, type Written } from './written.ts';

/** A native descriptor as plain data, and what of the app it cannot say. */
export interface NativeApp {
  readonly value: { readonly [key: string]: Written };
  readonly notes: readonly string[];
}

/** The native descriptor that means an app: read again, it gives the same. Keys of names are sorted. */
export function nativeApp(app: AppRequest, options: NativeOptions): NativeApp {
  const context = exportContext(app);
  const containers = [...context.copies].toSorted(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, copies] of containers) noteDifferences(name, copies, context);
  const value = present({
    name: app.app,
    engine: app.engine,
    containers: Object.fromEntries(
      containers.map(([name, copies]) => [name, nativeContainer(copies, context, options)]),
    ),
    networks: declared(context.networkKeys, (name, key) =>
      networkValue(
        app.networks.find((network) => network.name === name),
        name,
        key,
        app.app,
      ),
    ),
    volumes: declared(context.volumeKeys, (name, key) =>
      volumeValue(
        app.volumes.find((volume) => volume.name === name),
        name,
        key,
      ),
    ),
  });
  return { value, notes: context.notes };
}

/** A descriptor gives all copies one form, so that of the first is written. */
function noteDifferences(name: string, copies: readonly ContainerRequest[], { notes }: ExportContext): void {
  const [first, ...others] = copies.map(({ spec: { ports: _ports, networks: _networks, ...spec } }) => spec);
  if (first === undefined) return;
  const plain = { ports: [], ...first };
  const differ = others.some((other) => specDifferences(plain, { ports: [], ...other }).length > 0);
  const images = new Set([first, ...others].map(({ image }) => image));
  if (differ || images.size > 1)
    notes.push(`the copies of ${name} differ from each other: this is the form of the first`);
}

/** The declarations that say more than a key: undefined where there are none. */
function declared(
  keys: ReadonlyMap<string, ShortKey>,
  write: (name: string, key: ShortKey) => Written | undefined,
): Written | undefined {
  const entries = [...keys]
    .map(([name, key]) => [key.key, write(name, key)] as const)
    .filter((entry): entry is readonly [string, Written] => entry[1] !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function networkValue(
  network: NetworkRequest | undefined,
  name: string,
  { key, named }: ShortKey,
  app: string,
): Written | undefined {
  const spec = network?.spec ?? {};
  const external = network?.external === true;
  const value = present({
    name: (external ? key !== name : named) ? literal(name) : undefined,
    external: external ? true : undefined,
    driver: spec.driver === undefined ? undefined : literal(spec.driver),
    internal: spec.internal,
    ipv6: spec.ipv6,
    subnet: spec.subnet,
    gateway: spec.gateway,
    ip_range: spec.ipRange,
    options: settings(spec.options),
    labels: settings(spec.labels),
  });
  // The app's own network is there without being declared.
  return Object.keys(value).length === 0 && name === appNetworkName(app) ? undefined : value;
}

function volumeValue(
  volume: VolumeRequest | undefined,
  name: string,
  { key, named }: ShortKey,
): Written | undefined {
  const value = present({
    name: (volume?.external === true ? key !== name : named) ? literal(name) : undefined,
    external: volume?.external,
    driver: volume?.driver === undefined ? undefined : literal(volume.driver),
    options: settings(volume?.options),
    labels: settings(volume?.labels),
  });
  return Object.keys(value).length === 0 ? undefined : value;
}

function settings(record: Readonly<Record<string, string>> | undefined): Written | undefined {
  if (record === undefined) return undefined;
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, literal(value)]));
}
