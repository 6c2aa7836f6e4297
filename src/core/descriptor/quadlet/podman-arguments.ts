import { quote } from '../../../errors/quote.ts';
import { runOption } from '../../model/run-options.ts';
import { readFlags, type GivenFlag } from '../docker-run/read-flags.ts';
import { runFlags } from '../docker-run/run-flags.ts';
import { publishText } from '../foreign/publish-port.ts';
import { pairOf } from './key.ts';
import type { QuadletContainer } from './quadlet-container.ts';
import type { Value } from './quadlet-unit.ts';
import { volume } from './storage-keys.ts';

type Reader = (container: QuadletContainer, text: string, value: Value) => void;

const set =
  (key: string): Reader =>
  (container, text, { path }) =>
    container.set(key, text, path);

/** Flags of `podman run` that are keys of gear's, beside those that go to the engine as they are. */
const readers: Readonly<Record<string, Reader>> = {
  memory: set('memory'),
  cpus: set('cpus'),
  user: set('user'),
  publish: (container, text, { path }) => publishText(container, text, path),
  volume,
  tmpfs: (container, text, { path }) => container.add('tmpfs', text, path),
  env: (container, text, { path }) => {
    const [key, value] = pairOf(text);
    container.put('env', key, value ?? null, path);
  },
  'env-file': (container, text, { path }) => container.add('env_file', text, path),
};

/** PodmanArgs=: what each flag would be as a key. What gear has no key for is refused by name. */
export function podmanArguments(container: QuadletContainer, words: readonly string[], value: Value): void {
  const read = readFlags(words.map((text) => ({ text, line: 1, column: 1 })));
  for (const { message, next } of read.failures) container.refuse(value.path, message, next);
  for (const word of read.rest)
    container.refuse(value.path, `${quote(word.text)} is no flag`, 'write it as --FLAG=VALUE');
  for (const flag of read.flags) argument(container, flag, value);
}

function argument(container: QuadletContainer, { name, value: text }: GivenFlag, value: Value): void {
  const option = runOption(name);
  const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
  const known = Object.hasOwn(runFlags, name) ? runFlags[name] : undefined;
  if (reader !== undefined) reader(container, text, value);
  else if (option?.kind === 'switch') container.set(option.key, text === 'true', value.path);
  else if (option?.kind === 'value') container.set(option.key, text, value.path);
  else if (option?.map === true) {
    const [key, rest] = pairOf(text);
    container.put(option.key, key, rest ?? '', value.path);
  } else if (option !== undefined) container.add(option.key, text, value.path);
  else if (known?.leftOut !== undefined)
    container.approximate(value.path, `--${name} is left out: ${known.leftOut}`);
  else
    container.refuse(
      value.path,
      `--${name} has no key of Quadlet's that gear reads`,
      known?.instead ?? 'use the key of Quadlet for it, or take it away',
    );
}
