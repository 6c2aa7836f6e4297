import { attempt, FailureError, type Failure, type Result } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import { hashOf } from '../core/model/hash.ts';
import type { Instance } from '../core/model/instance.ts';
import type { AppNetwork } from '../core/model/network.ts';
import type { Observed } from '../core/plan/observed.ts';
import type { CustomTemplate } from '../core/render/custom/custom-template.ts';
import { renderingKey } from '../core/render/rendering-key.ts';
import { shippedTemplates, type Templates } from '../core/render/template.ts';
import type { DeclaredUnit, RenderTarget } from '../core/render/unit.ts';
import type { FlowContext } from './context.ts';
import { renderTargets } from './engines.ts';
import { type Present, renderAll } from './render.ts';
import type { ChosenTemplates } from './templates.ts';
import { verifyUnits } from './verify-units.ts';

type Rendered = ReadonlyMap<string, readonly DeclaredUnit[]>;

interface DesiredSet {
  /** What units are rendered with, as it was found with the rest of the snapshot. */
  readonly templates: Result<ChosenTemplates>;
  /** Names of the files of the present units. */
  readonly unitFiles: ReadonlySet<string>;
  readonly observed: Observed;
  readonly desired: readonly Instance[];
  readonly networks: readonly AppNetwork[];
  /** Whether the host's systemd reads what is new before anything is written. */
  readonly verified: boolean;
  /** Whether units may stay as they are while a template of the host is wrong. */
  readonly leavesForms: boolean;
}

/** The units of a desired set, and what they were made with. */
export interface Rendering {
  readonly rendered: Rendered;
  /** As renderingKey; of no other rendering where templates were left out. */
  readonly key: string;
  /** The templates that are not the shipped ones: name → hash. */
  readonly used: Readonly<Record<string, string>>;
  /** Those that the command was given and the host does not have. */
  readonly given: readonly CustomTemplate[];
  /** Renders others, all anew, with the same templates. */
  readonly again: (instances: readonly Instance[], networks: readonly AppNetwork[]) => Rendered;
}

/**
 * Renders what a host is to hold. While a template of the host is wrong, a change that leaves the forms of containers
 * keeps their units, with a warning: to stop something must not wait until somebody has mended a template. FailureError TEMPLATE_INVALID, UNIT_INVALID, or when a value cannot stand in a unit.
 */
export async function renderDesired(context: FlowContext, set: DesiredSet): Promise<Rendering> {
  const instances = [...set.desired, ...(set.observed.manifest?.instances ?? [])];
  const { silent = new Set<EngineKind>() } = set.observed;
  const kinds = new Set(instances.map((each) => each.engine).filter((kind) => !silent.has(kind)));
  const systemd = await context.host.systemd();
  const targets = await renderTargets(context, kinds, await systemd.version());
  const { manifest } = set.observed;
  const present = manifest === null ? null : { manifest, files: set.unitFiles };
  const { templates: chosen } = set;
  const usual = chosen.ok
    ? await attempt(() => renderChosen(context, set, targets, present, chosen.value))
    : chosen;
  if (usual.ok) return usual.value;
  const isTemplate = usual.failures.every(({ code }) => code === 'TEMPLATE_INVALID');
  if (!set.leavesForms || !isTemplate) throw new FailureError(...usual.failures);
  return renderKept(context, set, targets, present, usual.failures);
}

async function renderChosen(
  context: FlowContext,
  { observed, desired, networks, verified }: DesiredSet,
  targets: ReadonlyMap<EngineKind, RenderTarget>,
  units: Present | null,
  { custom, given, templates, hashes }: ChosenTemplates,
): Promise<Rendering> {
  const whole = observed.silent === undefined;
  // Where an engine is silent, the next change renders everything anew.
  const key = whole ? renderingKey(targets, context.version, hashes) : keptKey(observed);
  const silent = whole ? null : units;
  const present = observed.manifest?.rendering === key ? units : null;
  const rendered = renderAll(desired, targets, networks, { present, silent, templates });
  if (verified) await verifyUnits(context, changedUnits(observed, desired, rendered), rendered, custom);
  return { rendered, key, used: hashes, given, again: againWith(targets, templates) };
}

function renderKept(
  context: FlowContext,
  { observed, desired, networks }: DesiredSet,
  targets: ReadonlyMap<EngineKind, RenderTarget>,
  present: Present | null,
  failures: readonly Failure[],
): Rendering {
  for (const { message, place, subject } of failures) {
    context.emit({
      type: 'warning',
      subject: place?.source ?? subject ?? 'templates',
      message: `${message}; the units stay as they are, and what has to be written is written without templates of the host`,
    });
  }
  return {
    rendered: renderAll(desired, targets, networks, { present, silent: present }),
    // The next change, once the template is mended, renders everything anew.
    key: keptKey(observed),
    used: observed.manifest?.templates ?? {},
    given: [],
    again: againWith(targets, shippedTemplates),
  };
}

/** Of no rendering. */
function keptKey({ manifest }: Observed): string {
  return hashOf({ kept: manifest?.rendering ?? '' });
}

function againWith(targets: ReadonlyMap<EngineKind, RenderTarget>, templates: Templates): Rendering['again'] {
  return (instances, networks) => renderAll(instances, targets, networks, { templates });
}

function changedUnits(
  observed: Observed,
  desired: readonly Instance[],
  rendered: Rendered,
): readonly Instance[] {
  return desired.filter(({ name }) => hasOtherText(observed, rendered, name));
}

/** Whether some unit of the instance has another text than in the present generation. */
export function hasOtherText({ manifest }: Observed, rendered: Rendered, name: string): boolean {
  return (rendered.get(name) ?? []).some((unit) => manifest?.units[unit.name] !== unit.hash);
}
