import path from 'node:path';
import * as z from 'zod/mini';
import { formats } from '../core/descriptor/foreign/formats.ts';
import { FailureError } from '../errors/failure.ts';
import type { ExpectedPlan } from '../flows/app-inputs.ts';
import type { PlanReport } from '../report/values-of-plans.ts';
import type { AskedApps } from './asked-apps.ts';
import { localText, writeLocal } from './context.ts';
import type { OnHosts } from './hosts-command.ts';

const ending = '.plan';
const rootOnly = 0o600;

/** What `gear plan --out` writes: what was asked and what it came to. No value of an environment is in it. */
const planFile = z.object({
  schema: z.literal(1),
  asked: z.object({
    paths: z.array(z.string()),
    overlays: z.array(z.string()),
    format: z.optional(z.enum(formats)),
    profiles: z.optional(z.array(z.string())),
    only: z.optional(z.array(z.string())),
    engine: z.optional(z.enum(['docker', 'podman'])),
    templates: z.optional(z.string()),
    pruneVolumes: z.boolean(),
    start: z.boolean(),
    strict: z.boolean(),
  }),
  from: z.nullable(z.number()),
  digest: z.string(),
  forms: z.record(z.string(), z.string()),
  images: z.record(z.string(), z.string()),
});

/** Whether a word names a plan rather than a descriptor. */
export function isPlanFile(word: string): boolean {
  return word.endsWith(ending);
}

/** Writes a plan, for its writer alone. FailureError USAGE, VALUE_INVALID where the plan is not certain yet. */
export async function writePlanFile(
  file: string,
  asked: AskedApps,
  report: OnHosts<PlanReport>,
): Promise<void> {
  if (!('digest' in report)) {
    throw new FailureError({
      code: 'USAGE',
      message: '--out writes the plan of this machine, and hosts are named',
      next: 'leave --out out; gear apply shows the plan and asks',
    });
  }
  if (!isPlanFile(file)) {
    throw new FailureError({
      code: 'USAGE',
      message: `--out takes a file that ends in ${ending}, by which gear apply knows it`,
      next: `gear plan … --out ${file}${ending}`,
    });
  }
  const { from, digest, forms, images, pulls } = report;
  const [missing] = pulls;
  if (digest === null || missing !== undefined) {
    throw new FailureError({
      code: 'IMAGE_UNKNOWN',
      message: `${missing?.image ?? 'an image'} is not on this host yet, so the plan cannot say what exactly it runs`,
      next: `fetch it first: ${missing?.engine ?? 'docker'} pull ${missing?.image ?? 'IMAGE'}`,
    });
  }
  const absolute = {
    ...asked,
    paths: asked.paths.map((each) => path.resolve(each)),
    overlays: asked.overlays.map((each) => path.resolve(each)),
    ...(asked.templates === undefined ? {} : { templates: path.resolve(asked.templates) }),
  };
  const content = { schema: 1, asked: absolute, from, digest, forms, images };
  await writeLocal(path.resolve(file), `${JSON.stringify(content, null, 1)}\n`, rootOnly);
}

/** Reads a plan. FailureError VALUE_INVALID for what is none, USAGE for words beside it. */
export async function readPlanFile(
  file: string,
  others: readonly string[],
  overlays: readonly string[] | undefined,
): Promise<{ readonly asked: AskedApps; readonly expected: ExpectedPlan }> {
  if (others.length > 0 || overlays !== undefined) {
    throw new FailureError({
      code: 'USAGE',
      message: `${file} is a plan, which names its descriptors itself`,
      next: `gear apply ${file}`,
    });
  }
  const parsed = planFile.safeParse(jsonOf(await localText(file)));
  if (!parsed.success) {
    throw new FailureError({
      code: 'VALUE_INVALID',
      message: `${file} is no plan that this gear wrote`,
      next: `plan again: gear plan … --out ${file}`,
    });
  }
  const { asked, from, digest, forms, images } = parsed.data;
  const { only, engine, format, profiles, templates, ...rest } = asked;
  return {
    asked: {
      ...rest,
      ...(format === undefined ? {} : { format }),
      ...(profiles === undefined ? {} : { profiles }),
      ...(templates === undefined ? {} : { templates }),
      ...(only === undefined ? {} : { only }),
      ...(engine === undefined ? {} : { engine }),
    },
    expected: { from, digest, forms, images },
  };
}

function jsonOf(read: { readonly text: string } | { readonly problem: string }): unknown {
  if ('problem' in read) return null;
  try {
    return JSON.parse(read.text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
