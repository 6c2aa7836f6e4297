import type { ContainerSpec, Environment } from '../model/container.ts';
import { runOption, type RunOptions } from '../model/run-options.ts';
import type { FileText } from './env-file.ts';
import { arrangeValues } from './options/read-option.ts';

/** What a flag, given once, asks of a container. */
export interface SpecChange extends Partial<ContainerSpec> {
  readonly environment?: Environment;
  /** Variables that take the value of a secret: variable → secret. */
  readonly secretEnvironment?: Readonly<Record<string, string>>;
  /** The engine's own network, which no field of the spec stands for. */
  readonly defaultNetwork?: true;
  /** What is to be said of the one network that is given beside it. */
  readonly networkAliases?: readonly string[];
  readonly ip?: string;
  readonly ip6?: string;
}

/** What flags refer to in the place where the command was typed. */
export interface Surroundings {
  /** The invoking environment, which a bare KEY takes its value from. */
  readonly environment: Environment;
  /** The working directory. */
  readonly directory: string;
  /** The files that flags name, by the path as given. */
  readonly files: Readonly<Record<string, FileText>>;
}

/** Both changes as one: lists add up, options, health and variables merge, of anything else the later one holds. */
export function mergeChanges(first: SpecChange, later: SpecChange): SpecChange {
  const merged: Record<string, unknown> = { ...first };
  for (const [key, value] of Object.entries(later)) {
    const before: unknown = merged[key];
    if (key === 'options') merged[key] = mergeOptions(first.options ?? {}, later.options ?? {});
    else if (key === 'entrypoint') merged[key] = value;
    else if (Array.isArray(before) && Array.isArray(value))
      merged[key] = [...(before as unknown[]), ...(value as unknown[])];
    else if (isMap(before) && isMap(value) && mergedMaps.has(key)) merged[key] = { ...before, ...value };
    else merged[key] = value;
  }
  return merged;
}

const mergedMaps: ReadonlySet<string> = new Set(['health', 'environment', 'secretEnvironment']);

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The options of both: values of a list add up, of any other the later one holds. */
function mergeOptions(first: RunOptions, later: RunOptions): RunOptions {
  const merged: Record<string, string | true | readonly string[]> = { ...first };
  for (const [flag, value] of Object.entries(later)) {
    const option = runOption(flag);
    const before = merged[flag];
    merged[flag] =
      option === undefined || typeof value === 'string' || value === true
        ? value
        : arrangeValues(option, [...(Array.isArray(before) ? (before as readonly string[]) : []), ...value]);
  }
  return merged;
}
