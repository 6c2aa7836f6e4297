import { ok, type Result } from '../../../errors/failure.ts';
import { checkName } from '../../model/names.ts';

/** The app's name where the descriptor gives none: the file's stem, or for gear.yaml its folder's name. NAME_INVALID. */
export function nameFromPath(source: string, directory: string): Result<string> {
  const file = source.slice(source.lastIndexOf('/') + 1);
  const stem = file.replace(/\.(ya?ml|json)$/, '');
  const name = stem === 'gear' ? directory.slice(directory.lastIndexOf('/') + 1) : stem;
  const checked = checkName(name);
  if (checked.ok) return ok(name);
  const failures = checked.failures.map((failure) => ({
    ...failure,
    message: `${failure.message}, and the app would be called so`,
    next: `give it one: name: ${/^use "([^"]+)" instead$/.exec(failure.next)?.[1] ?? 'shop'}`,
  }));
  return { ok: false, failures };
}
