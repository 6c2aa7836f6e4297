import { ok, type Result } from '../../../errors/failure.ts';
import { checkSecretName } from '../../model/secret.ts';
import { quote } from '../../../errors/quote.ts';
import type { ConfigFile, GivenFile, SecretUse } from '../../model/container.ts';
import type { Path } from '../document.ts';
import { refuse } from '../refuse.ts';
import { resolvePath } from './resolve-path.ts';
import type { ContainerInput } from './schema.ts';
import type { Scope } from './scope.ts';

const readable = 0o444;

/** The files of configuration, sorted by target, with their contents. */
export function lowerFiles(
  scope: Scope,
  name: string,
  input: ContainerInput,
): { readonly files: readonly ConfigFile[]; readonly contents: readonly GivenFile[] } {
  if (input.files === undefined) return { files: [], contents: [] };
  const { findings } = scope;
  const found = input.files.flatMap((file, index) => {
    const path = ['containers', name, 'files', index];
    const target = findings.take(parseTarget(file.target), [...path, 'target']);
    const mode = file.mode === undefined ? readable : findings.take(parseMode(file.mode), [...path, 'mode']);
    const content = contentOf(scope, file, path);
    return target === undefined || mode === undefined || content === undefined
      ? []
      : [{ target, mode, content }];
  });
  const sorted = found.toSorted((a, b) => (a.target < b.target ? -1 : 1));
  return {
    files: sorted.map(({ target, mode }) => ({ target, mode })),
    contents: sorted.map(({ target, content }) => ({ target, content })),
  };
}

type FileInput = NonNullable<ContainerInput['files']>[number];

function contentOf(
  { context, findings }: Scope,
  { source, content }: FileInput,
  path: Path,
): Uint8Array | undefined {
  if ((source === undefined) === (content === undefined)) {
    findings.refuse(
      path,
      'VALUE_INVALID',
      source === undefined
        ? 'the file has neither source nor content'
        : 'the file has both source and content',
      'give one of them',
    );
    return undefined;
  }
  if (content !== undefined) return new TextEncoder().encode(String(content));
  const file = context.files.get(resolvePath(context.directory, source ?? ''));
  if (file !== undefined && 'bytes' in file) return file.bytes;
  findings.refuse(
    [...path, 'source'],
    'CONFIG_FILE',
    `the file ${quote(source ?? '')} ${file?.problem ?? 'was not read'}`,
    `make it, or correct the path: it is relative to ${context.directory}`,
  );
  return undefined;
}

/** The secrets of /run/secrets, sorted by file. */
export function lowerSecrets(scope: Scope, name: string, input: ContainerInput): readonly SecretUse[] {
  if (input.secrets === undefined) return [];
  const { findings } = scope;
  const found = input.secrets.flatMap((given, index): readonly SecretUse[] => {
    const path = ['containers', name, 'secrets', index];
    const use = typeof given === 'string' ? { name: given } : given;
    const secret = findings.take(
      checkSecretName(use.name),
      typeof given === 'string' ? path : [...path, 'name'],
    );
    const file =
      use.file === undefined ? secret : findings.take(checkSecretName(use.file), [...path, 'file']);
    const mode = use.mode === undefined ? readable : findings.take(parseMode(use.mode), [...path, 'mode']);
    return secret === undefined || file === undefined || mode === undefined
      ? []
      : [{ name: secret, file, mode }];
  });
  for (const [index, { file }] of found.entries()) {
    if (found.slice(0, index).some((other) => other.file === file))
      findings.refuse(
        ['containers', name, 'secrets', index],
        'VALUE_INVALID',
        `two secrets would be the file ${quote(file)}`,
        'give one of them another name: {name: …, file: …}',
      );
  }
  return found.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

function parseTarget(text: string): Result<string> {
  const parts = text.split('/').filter((part) => part !== '' && part !== '.');
  if (
    text.startsWith('/') &&
    parts.length > 0 &&
    !parts.includes('..') &&
    !/[\p{Cc}:]/u.test(text) &&
    !text.endsWith('/')
  )
    return ok(`/${parts.join('/')}`);
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} cannot be the path of a file in a container`,
    'give an absolute path, such as /etc/app.conf',
  );
}

/** A mode of chmod(2) in octal, as it is always written; digits alone are octal too. */
function parseMode(given: string | number): Result<number> {
  const [, digits] = /^0?o?([0-7]{3})$/.exec(String(given)) ?? [];
  if (digits !== undefined) return ok(Number.parseInt(digits, 8));
  return refuse(
    'VALUE_INVALID',
    `${quote(String(given))} is not a mode`,
    'write three octal digits, such as "0440"',
  );
}
