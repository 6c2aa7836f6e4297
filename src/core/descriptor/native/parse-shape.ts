import type { Document, Path } from '../document.ts';
import type { Findings } from './findings.ts';
import { noteIssues } from './issues.ts';
import { narrowSchema } from './narrow-schema.ts';
import type { AppInput } from './schema.ts';

/** What a descriptor has of the right shape. */
export interface Shape {
  readonly input: AppInput;
  /** What was left out because its shape is wrong. */
  readonly pruned: readonly Path[];
}

/**
 * Notes every key and value of a wrong shape, and gives what is left without them and without what has unset variables,
 * so that the values of the others are looked at in the same run. undefined where nothing can be made of it.
 */
export function parseShape({ value, unfilled = [] }: Document, findings: Findings): Shape | undefined {
  const given = isRecord(value) ? withoutExtensions(value) : value;
  const unset = unfilled.map(({ path }) => path);
  const root = isRecord(given) && unset.length > 0 ? prune(given, unset) : given;
  const schema = narrowSchema(root);
  const parsed = schema.safeParse(root);
  if (parsed.success) return { input: parsed.data, pruned: unset };
  const pruned = [...unset, ...noteIssues(parsed.error.issues, root, findings)];
  if (!isRecord(root)) return undefined;
  const left = schema.safeParse(prune(root, pruned));
  return left.success ? { input: left.data, pruned } : undefined;
}

function withoutExtensions(root: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const entries = Object.entries(root);
  return entries.some(([key]) => key.startsWith('x-'))
    ? Object.fromEntries(entries.filter(([key]) => !key.startsWith('x-')))
    : root;
}

/** A copy without the key of a container, or the network or volume, that each path leads into. */
function prune(root: Readonly<Record<string, unknown>>, paths: readonly Path[]): unknown {
  const copy: Record<string, unknown> = { ...root };
  const containers: Record<string, unknown> = isRecord(root['containers']) ? { ...root['containers'] } : {};
  copy['containers'] = containers;
  for (const [first, name, key] of paths) {
    if (typeof first !== 'string') continue;
    if (first !== 'containers') {
      const inner = copy[first];
      if (name !== undefined && isRecord(inner)) copy[first] = { ...inner, [name]: {} };
      else Reflect.deleteProperty(copy, first);
      continue;
    }
    const container = name === undefined ? undefined : containers[name];
    if (name === undefined) continue;
    if (!isRecord(container) || key === undefined) Reflect.deleteProperty(containers, name);
    else if (key === 'image') containers[name] = { ...container, image: 'image' };
    else containers[name] = Object.fromEntries(Object.entries(container).filter(([each]) => each !== key));
  }
  return copy;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
