import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FlagValues } from '../../src/core/descriptor/collect-changes.ts';
import type { InstallFlag } from '../../src/core/descriptor/install-flag.ts';
import { checkSpec } from '../../src/core/descriptor/apply-change.ts';
import { installFlags } from '../../src/core/descriptor/install-flags.ts';
import { parseInstall } from '../../src/core/descriptor/parse-install.ts';
import type { ContainerSpec, EngineKind } from '../../src/core/model/container.ts';
import type { Instance } from '../../src/core/model/instance.ts';
import { resolveInstance } from '../../src/core/model/resolve.ts';
import { createArguments, runArguments } from '../../src/core/render/engine-arguments.ts';
import { renderInstance } from '../../src/core/render/render.ts';
import type { Failure, Result } from '../../src/errors/failure.ts';
import { conditions } from '../e2e/support/options.ts';
import { makeInstance } from '../support/instance.ts';
import { badForms, contrary } from './flags/bad-forms.ts';
import { forms } from './flags/forms.ts';

const surroundings = {
  environment: {},
  directory: '/root',
  files: { 'web.env': { text: 'A=1' }, 'bad.env': { text: 'export A=1' } },
};

/** What a flag needs beside it to mean something. */
const company: Readonly<Record<string, FlagValues>> = {
  'network-alias': { network: ['backend'] },
  ip: { network: ['backend'] },
  ip6: { network: ['backend'] },
  'memory-swap': { memory: '512m' },
  'health-start-period': { 'health-cmd': 'true' },
  'health-retries': { 'health-cmd': 'true' },
  'health-timeout': { 'health-cmd': 'true' },
  'health-interval': { 'health-cmd': 'true' },
};

function install(flags: FlagValues): Result<ContainerSpec> {
  const requests = parseInstall({ words: ['nginx', 'web'], flags }, surroundings);
  if (!requests.ok) return requests;
  const [request] = requests.value;
  if (request === undefined) throw new Error('no container');
  return { ok: true, value: request.spec };
}

function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.failures.map(({ message }) => message).join('\n'));
}

function given({ name, value, repeatable, example }: InstallFlag, text = example): FlagValues {
  const flag = value === undefined ? true : repeatable ? [text] : text;
  return { ...company[name], [name]: flag };
}

function shown({ name, value, example }: InstallFlag, text = example): string {
  return value === undefined ? `--${name}` : `--${name} '${text}'`;
}

const plain = valueOf(install({}));

/** The fields of a spec that differ from a plain one. */
function difference(spec: ContainerSpec): string {
  const before = new Map(Object.entries(plain).map(([key, value]) => [key, JSON.stringify(value)]));
  const changed = Object.entries(spec).filter(([key, value]) => before.get(key) !== JSON.stringify(value));
  return JSON.stringify(Object.fromEntries(changed));
}

function refusal({ code, message, next, place }: Failure): string {
  return `${place?.text ?? ''}\n  ${code}: ${message}\n  → ${next}`;
}

const dependencies = new Map(['db', 'cache'].map((name) => [name, { hasCheck: false }]));

/** The container as resolved on a host; of one form, so that only what a flag says makes a difference. */
function resolved(spec: ContainerSpec, engine: EngineKind): Instance {
  const imageConfig = {
    ...{ entrypoint: [], command: [], user: '', environment: [], labels: {} },
    ...{ volumes: [], health: null },
  };
  const secrets = (spec.secrets ?? []).map((use) => ({ ...use, hash: 'f'.repeat(64), encrypted: false }));
  const input = { ...makeInstance({ engine, spec }), imageConfig, secrets };
  return { ...resolveInstance(input), hash: '0123456789ab' };
}

/** The words of the engine's command line, one an option with its values. */
function engineOptions(spec: ContainerSpec, engine: EngineKind): readonly string[] {
  const instance = resolved(spec, engine);
  const words = engine === 'docker' ? createArguments(instance) : runArguments(instance);
  return words.reduce<string[]>((options, word) => {
    if (word.startsWith('--') || options.length === 0) return [...options, word];
    if (word === instance.image.id) return options;
    return [...options.slice(0, -1), `${options.at(-1) ?? ''} ${word}`];
  }, []);
}

/** The lines of the units of this container; what has the engine's command line in it is told by engineOptions. */
function unitLines(spec: ContainerSpec, engine: EngineKind): readonly string[] {
  const target = { systemdVersion: 257, engineCommand: `/usr/bin/${engine}`, liveRestore: false };
  const units = valueOf(renderInstance(resolved(spec, engine), target, { dependencies }));
  const beside = /^(Exec\w+=| {2}|Environment=GEAR_TEXT=)/;
  return units.flatMap(({ text }) => text.split('\n').filter((line) => line !== '' && !beside.test(line)));
}

/** What is in the second list and not in the first, and the other way round. */
function changes(before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `    - ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `    + ${line}`),
  ];
}

/** What a flag comes to with an engine: options of its command line, lines of the units; or why it is refused. */
function effect(spec: ContainerSpec, engine: EngineKind): string {
  const refused = checkSpec(spec, engine);
  const lines =
    refused.length > 0
      ? refused.map(({ message, next }) => `    refused: ${message} → ${next}`)
      : [
          ...changes(engineOptions(plain, engine), engineOptions(spec, engine)),
          ...changes(unitLines(plain, engine), unitLines(spec, engine)),
        ];
  return [`  ${engine}`, ...lines].join('\n');
}

/** The environment is a file of its own; no check is what a plain image has. */
const without = new Set(['env', 'env-file', 'no-healthcheck']);

const throttled = 'needs a disk and the controllers of cgroup v2, which the hosts of tests do not have';
const mapped = 'a host within a container can map no further users';

/** Flags whose way to the engine the tables below show, and no test on a host. */
const notOnHosts: Readonly<Record<string, string>> = {
  ...{ 'blkio-weight': throttled, 'blkio-weight-device': throttled },
  ...{ 'device-read-bps': throttled, 'device-read-iops': throttled },
  ...{ 'device-write-bps': throttled, 'device-write-iops': throttled },
  ...{ 'cpu-period': throttled, 'cpu-quota': throttled },
  ...{ uidmap: mapped, gidmap: mapped, subuidname: mapped, subgidname: mapped },
  'storage-opt': 'needs a disk with quotas',
  'no-healthcheck': 'what an image without a check has anyway',
};

describe('every flag', () => {
  it.each(['docker', 'podman'] as const)(
    'comes to something with %s, or is refused with a reason',
    async (engine) => {
      const blocks = installFlags
        .filter(({ name }) => !without.has(name))
        .map((flag) => {
          const told = effect(valueOf(install(given(flag))), engine);
          expect(told.split('\n').length, flag.name).toBeGreaterThan(1);
          return `${shown(flag)}\n${told}`;
        });
      await expect(`${blocks.join('\n')}\n`).toMatchFileSnapshot(`flags/${engine}.txt`);
    },
  );

  it('says one thing of a container', async () => {
    const lines = installFlags.map(
      (flag) => `${shown(flag)}\n  ${difference(valueOf(install(given(flag))))}`,
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('flags/specs.txt');
  });

  it('comes to the same in the other ways that docker run has to say it', async () => {
    const flags = new Map(installFlags.map((flag) => [flag.name, flag]));
    const blocks = Object.entries(forms).flatMap(([name, texts]) =>
      texts.map((text) => {
        const flag = flags.get(name);
        if (flag === undefined) throw new Error(`there is no --${name}`);
        const spec = install(given(flag, text));
        if (!spec.ok) return spec.failures.map(refusal).join('\n');
        return [shown(flag, text), effect(spec.value, 'docker'), effect(spec.value, 'podman')].join('\n');
      }),
    );
    await expect(`${blocks.join('\n')}\n`).toMatchFileSnapshot('flags/forms.txt');
  });

  it('is typed on real hosts, or it is known why not', () => {
    const folder = path.join(import.meta.dirname, '..', 'e2e');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
    const text = files.flatMap((name) => (name.endsWith('.ts') ? [read(name)] : [])).join('\n');
    const isTyped = (name: string) =>
      text.includes(`'--${name}'`) || Object.keys(conditions).includes(name.replace('condition-', ''));
    const untyped = installFlags.map(({ name }) => name).filter((name) => !isTyped(name));
    expect(untyped.toSorted()).toEqual(Object.keys(notOnHosts).toSorted());
  });

  it('that has a value has a bad form', () => {
    const valued = installFlags.filter(({ value }) => value !== undefined).map(({ name }) => name);
    expect(Object.keys(badForms).toSorted()).toEqual(valued.toSorted());
  });

  it('refuses each bad form in one line that names it, with what to write', async () => {
    const blocks = installFlags.flatMap((flag) =>
      (badForms[flag.name] ?? []).map((text) => {
        const result = install(given(flag, text));
        if (result.ok) throw new Error(`${shown(flag, text)} is accepted as ${difference(result.value)}`);
        expect(result.failures.map(({ place }) => place?.source === undefined)).not.toContain(true);
        return result.failures.map(refusal).join('\n');
      }),
    );
    await expect(`${blocks.join('\n')}\n`).toMatchFileSnapshot('flags/refused.txt');
  });

  it.each(['MemoryMax=1G', 'CPUQuota=50%', 'TasksMax=10', 'AllowedCPUs=0', 'LimitNOFILE=9'])(
    'that limits the client of Docker alone is refused, and taken by Podman: --service %s',
    (directive) => {
      const spec = valueOf(install({ service: [directive] }));
      expect(checkSpec(spec, 'podman')).toEqual([]);
      expect(checkSpec(spec, 'docker')).toMatchObject([
        {
          message: expect.stringMatching(/^with Docker \w+= limits its client/) as string,
          next: expect.stringMatching(/^use --/) as string,
          place: { text: `--service ${directive}` },
        },
      ]);
    },
  );

  it('is refused beside what contradicts it', async () => {
    const blocks = contrary.map((flags) => {
      const result = install(flags);
      if (result.ok) throw new Error(`${JSON.stringify(flags)} is accepted`);
      return [JSON.stringify(flags), ...result.failures.map(refusal)].join('\n');
    });
    await expect(`${blocks.join('\n')}\n`).toMatchFileSnapshot('flags/contrary.txt');
  });
});
