import type { ContainerRequest } from '../../model/container.ts';
import type { ExportContext } from './export-context.ts';
import { reference, literal, type Written } from './written.ts';

/** Variables of a container: their values, or references to variables that whoever applies it has to give. */
export function nativeEnvironment(
  { container, environment, secretEnvironment = {} }: ContainerRequest,
  context: ExportContext,
  showEnv: boolean,
): Written | undefined {
  const keys = [...new Set([...Object.keys(environment), ...Object.keys(secretEnvironment)])].toSorted();
  if (keys.length === 0) return undefined;
  return Object.fromEntries(
    keys.map((key): readonly [string, Written] => {
      const secret = secretEnvironment[key];
      if (secret !== undefined) return [key, { secret: literal(secret) }];
      if (showEnv) return [key, literal(environment[key] ?? '')];
      return [
        key,
        reference(`${variableFor(key, container, context)}:?not exported, see gear export --help`),
      ];
    }),
  );
}

/** The name of the variable alone where all containers give it the same value, else with the container's before it. */
function variableFor(key: string, container: string, { app }: ExportContext): string {
  const values = new Set(
    app.containers.flatMap(({ environment }) => (Object.hasOwn(environment, key) ? [environment[key]] : [])),
  );
  if (values.size <= 1) return key;
  return `${container
    .toUpperCase()
    .replaceAll('-', '_')
    .replace(/^(?=\d)/, '_')}_${key}`;
}
