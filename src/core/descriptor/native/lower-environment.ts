import { ok, type Result } from '../../../errors/failure.ts';
import { checkSecretName } from '../../model/secret.ts';
import type { Environment } from '../../model/container.ts';
import type { FileText } from '../env-file.ts';
import { parseEnvFile } from '../env-file.ts';
import { inherited, parseVariable, type Variable } from '../environment.ts';
import { refuse } from '../refuse.ts';
import { resolvePath } from './resolve-path.ts';
import type { ContainerInput } from './schema.ts';
import type { NativeContext, Scope } from './scope.ts';

interface LoweredEnvironment {
  readonly environment: Environment;
  readonly secretEnvironment: Readonly<Record<string, string>>;
}

/** The variables of env_file, in order, and over them those of env. */
export function lowerEnvironment(scope: Scope, name: string, input: ContainerInput): LoweredEnvironment {
  const plain = new Map<string, string>();
  const secret = new Map<string, string>();
  for (const [variable, value] of fromFiles(scope, name, input)) plain.set(variable, value);
  for (const { key, entry, path } of entriesOf(name, input)) {
    if (typeof entry === 'object') {
      const variable = scope.findings.take(parseVariable(`${key}=`), path, 'key');
      const from = scope.findings.take(checkSecretName(entry.secret), [...path, 'secret']);
      if (variable === undefined || from === undefined) continue;
      plain.delete(variable.key);
      secret.set(variable.key, from);
      continue;
    }
    const variable = scope.findings.take(withValue(parseVariable(entry), scope.context), path, 'key');
    if (variable === undefined) continue;
    secret.delete(variable.key);
    plain.set(variable.key, variable.value);
  }
  return { environment: Object.fromEntries(plain), secretEnvironment: Object.fromEntries(secret) };
}

/** A variable as KEY=VALUE, or KEY alone, or with its secret. */
interface Entry {
  readonly key: string;
  readonly entry: string | { readonly secret: string };
  readonly path: readonly (string | number)[];
}

function entriesOf(name: string, { env = {} }: ContainerInput): readonly Entry[] {
  const at = ['containers', name, 'env'];
  if (isList(env)) return env.map((entry, index) => ({ key: '', entry, path: [...at, index] }));
  return Object.keys(env).map((key) => {
    const value = env[key] ?? null;
    const entry = value === null ? key : typeof value === 'object' ? value : `${key}=${value}`;
    return { key, entry, path: [...at, key] };
  });
}

function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value);
}

function withValue(variable: Result<Variable>, { environment }: NativeContext): Result<Required<Variable>> {
  if (!variable.ok) return variable;
  const { key } = variable.value;
  const value = variable.value.value ?? inherited(key, environment);
  if (value !== undefined) return ok({ key, value });
  return refuse(
    'ENV_INVALID',
    `the variable ${key} has no value, and gear's own environment has none for it`,
    `write ${key}: VALUE, or export ${key} first`,
  );
}

/** The paths of env_file as given, with the place of each. */
function environmentFiles(
  name: string,
  { env_file: given }: ContainerInput,
): readonly (readonly [string, (string | number)[]])[] {
  const at = ['containers', name, 'env_file'];
  if (given === undefined) return [];
  return typeof given === 'string'
    ? [[given, at]]
    : given.map((path, index) => [String(path), [...at, index]]);
}

function fromFiles(
  scope: Scope,
  name: string,
  input: ContainerInput,
): readonly (readonly [string, string])[] {
  const { context, findings } = scope;
  return environmentFiles(name, input).flatMap(([given, path]) => {
    const read = parseEnvFile(
      given,
      textOf(resolvePath(context.directory, given), context),
      context.environment,
    );
    // Of a file that is not there, the descriptor is the place; of a bad line, the file.
    const variables = findings.take(read, path);
    return variables === undefined ? [] : Object.entries(variables);
  });
}

function textOf(path: string, { files }: NativeContext): FileText {
  const file = files.get(path);
  if (file === undefined) return { problem: 'was not read' };
  if ('problem' in file) return { problem: file.problem };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(file.bytes) };
  } catch {
    return { problem: 'is not UTF-8' };
  }
}
