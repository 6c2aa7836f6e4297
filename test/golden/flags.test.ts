import { describe, expect, it } from 'vitest';
import type { FlagValues } from '../../src/core/descriptor/collect-changes.ts';
import type { InstallFlag } from '../../src/core/descriptor/install-flag.ts';
import { installFlags } from '../../src/core/descriptor/install-flags.ts';
import { parseInstall } from '../../src/core/descriptor/parse-install.ts';
import type { ContainerSpec } from '../../src/core/model/container.ts';
import type { Failure, Result } from '../../src/errors/failure.ts';
import { badForms, contrary } from './flags/bad-forms.ts';

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

describe('every flag', () => {
  it('says one thing of a container', async () => {
    const lines = installFlags.map(
      (flag) => `${shown(flag)}\n  ${difference(valueOf(install(given(flag))))}`,
    );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('flags/specs.txt');
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

  it('is refused beside what contradicts it', async () => {
    const blocks = contrary.map((flags) => {
      const result = install(flags);
      if (result.ok) throw new Error(`${JSON.stringify(flags)} is accepted`);
      return [JSON.stringify(flags), ...result.failures.map(refusal)].join('\n');
    });
    await expect(`${blocks.join('\n')}\n`).toMatchFileSnapshot('flags/contrary.txt');
  });
});
