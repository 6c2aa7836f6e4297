import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { refuse } from '../refuse.ts';

/** The namespaces whose mode is one of a few words, and whether another container's may be joined. */
const modes: Readonly<Record<string, { readonly words: readonly string[]; readonly joins: boolean }>> = {
  pid: { words: ['host', 'private'], joins: true },
  ipc: { words: ['host', 'private', 'shareable', 'none'], joins: true },
  uts: { words: ['host', 'private'], joins: false },
  cgroupns: { words: ['host', 'private'], joins: false },
};

/** Reads the mode of a namespace. VALUE_INVALID otherwise. */
export function namespaceMode(flag: keyof typeof modes): (text: string) => Result<string> {
  const { words = [], joins = false } = modes[flag] ?? {};
  return (text) => {
    if (words.includes(text) || (joins && isContainer(text))) return ok(text);
    const forms = [...words, ...(joins ? ['container:NAME'] : [])];
    return refuse('VALUE_INVALID', `${quote(text)} is no mode of this namespace`, `use ${forms.join(', ')}`);
  };
}

/** Reads the mode of the user namespace: `host` for both engines, more for Podman. VALUE_INVALID otherwise. */
export function parseUserNamespace(text: string): Result<string> {
  if (/^(host|private|nomap|(keep-id|auto)(:[\w=,:@-]+)?)$/.test(text)) return ok(text);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} is no mode of the user namespace`,
    'use host; Podman also has auto, keep-id, nomap and private',
  );
}

/** Reads CONTAINER:HOST[:AMOUNT] as podman-run(1) takes it. VALUE_INVALID otherwise. */
export function parseIdMap(text: string): Result<string> {
  if (/^\+?[ug]?\d{1,10}:@?\d{1,10}(:\d{1,10})?$/.test(text)) return ok(text);
  return refuse('VALUE_INVALID', `${quote(text)} is no map of IDs`, 'write it as CONTAINER:HOST:AMOUNT');
}

/** Reads a name of subuid(5) or subgid(5). VALUE_INVALID otherwise. */
export function parseIdName(text: string): Result<string> {
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$/.test(text)) return ok(text);
  return refuse('VALUE_INVALID', `${quote(text)} is no name of subuid(5)`, 'give the name of a user');
}

/** `container:NAME`, by the name of any container of the engine. */
export function isContainer(text: string): boolean {
  return /^container:[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(text);
}
