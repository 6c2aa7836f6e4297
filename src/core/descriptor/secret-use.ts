import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { checkSecretName } from '../model/secret.ts';
import { parseFields, unknownField } from './csv.ts';
import { checkKey } from './environment.ts';
import { refuse } from './refuse.ts';
import type { SpecChange } from './spec-change.ts';

const fields = ['type', 'target', 'mode', 'uid', 'gid'] as const;
const example = 'db_password or db_password,type=env,target=PASSWORD';
const readable = 0o444;

/**
 * Reads `NAME[,type=mount|env][,target=NAME][,mode=0444]`, as podman-run(1) spells --secret: a file of /run/secrets, or
 * a variable. VALUE_INVALID otherwise.
 */
export function parseSecretUse(text: string): Result<SpecChange> {
  const [, name = '', , rest] = /^([^,]*)(,(.*))?$/s.exec(text) ?? [];
  const checked = checkSecretName(name);
  if (!checked.ok) return checked;
  const given = rest === undefined ? ok([]) : parseFields(rest, example);
  if (!given.ok) return given;
  const unknown = given.value.find(([field]) => !(fields as readonly string[]).includes(field));
  if (unknown !== undefined) return unknownField(unknown[0], fields);
  const {
    type = 'mount',
    target,
    mode,
    ...owner
  } = Object.fromEntries(given.value) as Partial<Record<(typeof fields)[number], string>>;
  const [owned] = Object.keys(owner);
  if (owned !== undefined)
    return refuse(
      'VALUE_INVALID',
      `the files of secrets are root's, so ${owned} cannot be set`,
      'set mode=0444, which every user can read',
    );
  if (type === 'env') return asVariable(name, target ?? name, mode);
  if (type === 'mount') return asFile(name, target ?? name, mode);
  return refuse('VALUE_INVALID', `${quote(type)} is no type of secret`, `write it as ${example}`);
}

function asVariable(name: string, key: string, mode: string | undefined): Result<SpecChange> {
  if (mode !== undefined)
    return refuse('VALUE_INVALID', 'a variable has no mode', 'take mode away, or type=env');
  const checked = checkKey(key);
  return checked.ok ? ok({ secretEnvironment: { [key]: name } }) : checked;
}

function asFile(name: string, target: string, mode: string | undefined): Result<SpecChange> {
  const file = checkSecretName(target.replace(/^\/run\/secrets\//, ''));
  if (!file.ok)
    return refuse(
      'VALUE_INVALID',
      `${quote(target)} is no file of /run/secrets`,
      `write it as ${name},target=FILE`,
    );
  const [, digits] = /^0?o?([0-7]{3})$/.exec(mode ?? '444') ?? [];
  if (digits === undefined)
    return refuse(
      'VALUE_INVALID',
      `${quote(mode ?? '')} is not a mode`,
      'write three octal digits, such as 0440',
    );
  const bits = mode === undefined ? readable : Number.parseInt(digits, 8);
  return ok({ secrets: [{ name, file: file.value, mode: bits }] });
}
