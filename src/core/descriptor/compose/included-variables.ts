import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import type { ForeignContext } from '../foreign/foreign-context.ts';
import { resolvePath } from '../native/resolve-path.ts';
import { parseDotEnv } from '../text/dot-env.ts';
import type { Variables } from '../text/expand.ts';

/** The variables of an included project: of its `env_file`, found from the including folder, else of `.env` in its own. */
export function includedVariables(
  given: unknown,
  {
    from,
    directory,
    variables: around,
  }: { readonly from: string; readonly directory: string; readonly variables: Variables },
  { files }: Pick<ForeignContext, 'files'>,
): Result<Variables> {
  const named = (Array.isArray(given) ? (given as unknown[]) : [given]).filter(
    (each) => typeof each === 'string',
  );
  const paths = named.length === 0 ? [`${directory}/.env`] : named.map((each) => resolvePath(from, each));
  const variables: Record<string, string> = {};
  const failures: Failure[] = [];
  for (const path of paths) {
    const file = files.get(path);
    if (file === undefined || 'problem' in file) continue;
    const parsed = parseDotEnv(path, new TextDecoder().decode(file.bytes), { ...variables, ...around });
    if (parsed.ok) Object.assign(variables, parsed.value);
    else failures.push(...parsed.failures);
  }
  return failures.length > 0 ? err(...failures) : ok(variables);
}
