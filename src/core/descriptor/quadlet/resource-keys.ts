import type { Path } from '../document.ts';
import type { Coverage } from '../foreign/coverage.ts';
import type { ForeignReader } from '../foreign/foreign-reader.ts';
import { pairOf } from './key.ts';
import type { QuadletUnit, Value } from './quadlet-unit.ts';
import { fillSpecifiers } from './specifiers.ts';
import { splitUnitWords } from './unit-words.ts';

/** A volume or network of the native form while a file is read into it. */
export interface Resource {
  readonly reader: ForeignReader;
  readonly unit: QuadletUnit;
  readonly native: Record<string, unknown>;
  /** Where it is in the native form. */
  readonly at: Path;
}

/** A key of [Volume], [Network], [Image], [Build] or [Pod], and how all its values are read. */
export interface ResourceKey extends Coverage {
  readonly read: (resource: Resource, values: readonly [Value, ...Value[]]) => void;
}

type ReadLast = (resource: Resource, value: Value) => void;

function kept(name: string, to: string, read: ReadLast, note = ''): ResourceKey {
  return {
    name,
    verdict: 'kept',
    to,
    note,
    read: (resource, values) => read(resource, values.at(-1) ?? values[0]),
  };
}

function leftOut(name: string, note: string, usual: readonly string[] = []): ResourceKey {
  const { read } = kept(name, '', ({ reader }, { text, path }) => {
    if (!usual.includes(text.toLowerCase())) reader.tell(path, 'approximated', note);
  });
  return { name, verdict: 'approximated', to: '', note, read };
}

function refused(name: string, why: string, next: string): ResourceKey {
  return {
    ...{ name, verdict: 'refused', to: '', note: `${why}: ${next}` },
    read: ({ reader }, values) => reader.tell(values[0].path, 'refused', why, next),
  };
}

function asText(name: string, to: string): ResourceKey {
  return kept(name, to, (resource, value) => set(resource, to, textOf(resource, value), value.path));
}

function asToggle(name: string, to: string): ResourceKey {
  return kept(name, to, (resource, { text, path }) => {
    if (/^(1|y|yes|t|true|on)$/i.test(text)) set(resource, to, true, path);
  });
}

/** Of several the first one, which is the one that gear has. */
function first(name: string, to: string): ResourceKey {
  return {
    ...{ name, verdict: 'kept', to, note: 'the first; further ones are left out' },
    read: (resource, [value, ...more]) => {
      set(resource, to, textOf(resource, value), value.path);
      for (const { path } of more)
        resource.reader.tell(path, 'approximated', 'left out: a network has one block of addresses');
    },
  };
}

function pairs(name: string, to: string): ResourceKey {
  return {
    ...{ name, verdict: 'kept', to, note: '' },
    read: (resource, values) => {
      for (const value of values) {
        const words = splitUnitWords(textOf(resource, value));
        if (words.ok) for (const word of words.value) put(resource, to, ...pairOf(word), value.path);
        else
          for (const { code, message, next } of words.failures)
            resource.reader.fail(value.path, code, message, next);
      }
    },
  };
}

/** A part of the options that mount(8) takes, which the driver `local` has in one text. */
function mountOption(name: string, write: (text: string) => string): ResourceKey {
  return kept(name, 'options', (resource, value) => {
    const options = (resource.native['options'] ?? {}) as Readonly<Record<string, string>>;
    const o = [options['o'], write(textOf(resource, value))].filter((each) => each !== undefined).join(',');
    set(resource, 'options', { ...options, o }, value.path);
  });
}

function driverOption(name: string, option: string): ResourceKey {
  return kept(name, 'options', (resource, value) =>
    put(resource, 'options', option, textOf(resource, value), value.path),
  );
}

function textOf({ unit }: Resource, { text }: Value): string {
  return fillSpecifiers(text, unit.name).text;
}

function set({ native, reader, at }: Resource, key: string, value: unknown, path: Path): void {
  native[key] = value;
  reader.places.set([...at, key], path);
}

function put(resource: Resource, key: string, name: string, value: string | undefined, path: Path): void {
  set(resource, key, { ...(resource.native[key] as object | undefined), [name]: value ?? '' }, path);
}

const named = 'its own name for it';
const arguments_ = 'gear makes it by the engine, not by a command line of yours';
const common = [
  leftOut('ServiceName', 'left out: gear makes it before the containers that use it'),
  refused(
    'ContainersConfModule',
    'gear calls podman as the host has set it up',
    'set it in containers.conf(5)',
  ),
  leftOut('GlobalArgs', 'left out: gear calls podman as the host has set it up'),
];

export const volumeKeys: readonly ResourceKey[] = [
  kept('VolumeName', 'name', () => undefined, named),
  asText('Driver', 'driver'),
  driverOption('Device', 'device'),
  driverOption('Type', 'type'),
  mountOption('Options', (text) => text),
  mountOption('User', (text) => `uid=${text}`),
  mountOption('Group', (text) => `gid=${text}`),
  mountOption('UID', (text) => `uid=${text}`),
  mountOption('GID', (text) => `gid=${text}`),
  leftOut('Copy', 'left out: a new volume gets what the image has there', ['true', 'yes', '1']),
  refused('Image', 'gear makes no volumes of images', 'mount a volume, and fill it by a job'),
  pairs('Label', 'labels'),
  refused('PodmanArgs', arguments_, 'use the keys of [Volume]'),
  ...common,
];

export const networkKeys: readonly ResourceKey[] = [
  kept('NetworkName', 'name', () => undefined, named),
  asText('Driver', 'driver'),
  asToggle('Internal', 'internal'),
  asToggle('IPv6', 'ipv6'),
  first('Subnet', 'subnet'),
  first('Gateway', 'gateway'),
  first('IPRange', 'ip_range'),
  pairs('Options', 'options'),
  pairs('Label', 'labels'),
  leftOut('DisableDNS', 'left out: containers know each other by name', ['false', 'no', '0']),
  leftOut('DNS', 'left out: write DNS= with the containers'),
  leftOut('IPAMDriver', 'left out: the engine gives the addresses', ['host-local']),
  leftOut('InterfaceName', 'left out: the engine names its bridge'),
  leftOut('NetworkDeleteOnStop', 'left out: a network goes with its app'),
  refused('PodmanArgs', arguments_, 'use the keys of [Network]'),
  ...common,
];

const fetched =
  'left out: gear apply --pull says when images are fetched, and gear registry login with which login';

export const imageKeys: readonly ResourceKey[] = [
  kept('Image', 'image', () => undefined, 'of the containers that name this file'),
  kept('ImageTag', 'image', () => undefined, 'of the containers that name this file'),
  ...[
    'AllTags',
    'Arch',
    'AuthFile',
    'CertDir',
    'Creds',
    'DecryptionKey',
    'OS',
    'Policy',
    'PodmanArgs',
    'Retry',
    'RetryDelay',
    'TLSVerify',
    'Variant',
  ].map((name) => leftOut(name, fetched)),
  ...common,
];

const built = 'left out: gear builds no images; podman build does';

export const buildKeys: readonly ResourceKey[] = [
  kept('ImageTag', 'image', () => undefined, 'of the containers that name this file'),
  ...[
    'Annotation',
    'Arch',
    'AuthFile',
    'BuildArg',
    'DNS',
    'DNSOption',
    'DNSSearch',
    'Environment',
    'File',
    'ForceRM',
    'GroupAdd',
    'IgnoreFile',
    'Label',
    'Network',
    'PodmanArgs',
    'Pull',
    'Retry',
    'RetryDelay',
    'Secret',
    'SetWorkingDirectory',
    'TLSVerify',
    'Target',
    'Variant',
    'Volume',
  ].map((name) => leftOut(name, built)),
  ...common,
];
