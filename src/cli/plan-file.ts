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

const expectedPlan = z.object({
  from: z.nullable(z.number()),
  digest: z.string(),
  forms: z.record(z.string(), z.string()),
  images: z.record(z.string(), z.string()),
});

/** What `gear plan --out` writes: what was asked and what it came to. No value of an environment is in it. */
const planFile = z.object({
  schema: z.literal(2),
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
  /** `--host`, as often as it was given. */
  hosts: z.optional(z.array(z.string())),
  /** By the label of the host; '' is this machine where none was named. */
  plans: z.record(z.string(), expectedPlan),
});

/** What a plan file says: what was asked, and what it came to on each host by its label. */
export interface ReadPlan {
  readonly asked: AskedApps;
  readonly hosts?: readonly string[];
  readonly plans: Readonly<Record<string, ExpectedPlan>>;
}

/** Whether a word names a plan rather than a descriptor. */
export function isPlanFile(word: string): boolean {
  return word.endsWith(ending);
}

/** Writes a plan, for its writer alone. FailureError USAGE, VALUE_INVALID where the plan is not certain yet. */
export async function writePlanFile(
  file: string,
  { asked, hosts }: { readonly asked: AskedApps; readonly hosts: readonly string[] | undefined },
  report: OnHosts<PlanReport>,
): Promise<void> {
  if (!isPlanFile(file)) {
    throw new FailureError({
      code: 'USAGE',
      message: `--out takes a file that ends in ${ending}, by which gear apply knows it`,
      next: `gear plan … --out ${file}${ending}`,
    });
  }
  const plans = plansOf(report);
  const absolute = {
    ...asked,
    paths: asked.paths.map((each) => path.resolve(each)),
    overlays: asked.overlays.map((each) => path.resolve(each)),
    ...(asked.templates === undefined ? {} : { templates: path.resolve(asked.templates) }),
  };
  const content = { schema: 2, asked: absolute, ...(hosts === undefined ? {} : { hosts }), plans };
  await writeLocal(path.resolve(file), `${JSON.stringify(content, null, 1)}\n`, rootOnly);
}

/** Of every host, or of none: what is applied as planned is what somebody saw. */
function plansOf(report: OnHosts<PlanReport>): Readonly<Record<string, ExpectedPlan>> {
  if ('digest' in report) return { '': certain(report, '') };
  const failures = report.flatMap((outcome) => (outcome.ok ? [] : outcome.failures));
  if (failures.length > 0) {
    throw new FailureError({
      code: 'USAGE',
      message: 'no plan was written, because not every host has one',
      next: 'mend what is told above, or leave that host out',
    });
  }
  return Object.fromEntries(
    report.flatMap((outcome) => (outcome.ok ? [[outcome.host, certain(outcome.value, outcome.host)]] : [])),
  );
}

function certain({ from, digest, forms, images, pulls }: PlanReport, host: string): ExpectedPlan {
  const [missing] = pulls;
  if (digest !== null && missing === undefined) return { from, digest, forms, images };
  const on = host === '' ? '' : ` --host ${host}`;
  throw new FailureError({
    code: 'IMAGE_UNKNOWN',
    message: `${missing?.image ?? 'an image'} is not on ${host === '' ? 'this host' : host} yet, so the plan cannot say what exactly it runs`,
    next: `fetch it first: gear pull ${missing?.image ?? 'IMAGE'} --engine ${missing?.engine ?? 'docker'}${on}`,
  });
}

/** Reads a plan. FailureError VALUE_INVALID for what is none, USAGE for words beside it. */
export async function readPlanFile(
  file: string,
  others: readonly string[],
  {
    file: overlays,
    host,
  }: { readonly file?: readonly string[] | undefined; readonly host?: readonly string[] | undefined },
): Promise<ReadPlan> {
  if (others.length > 0 || overlays !== undefined || host !== undefined) {
    throw new FailureError({
      code: 'USAGE',
      message: `${file} is a plan, which names its descriptors and hosts itself`,
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
  const { asked, hosts, plans } = parsed.data;
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
    ...(hosts === undefined ? {} : { hosts }),
    plans,
  };
}

/** The plan for a host, by its label. FailureError MOVED_ON where it has none: another host has its name, or its label. */
export function planFor(host: string, plans: ReadPlan['plans']): ExpectedPlan {
  const found = plans[host];
  if (found !== undefined) return found;
  throw new FailureError({
    code: 'MOVED_ON',
    message: `the plan is for ${Object.keys(plans).join(', ') || 'no host'}, and not for ${host}`,
    next: 'plan again: gear plan',
  });
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
