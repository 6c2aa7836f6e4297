import type { AppRequest } from '../core/model/app.ts';
import type { EngineKind } from '../core/model/container.ts';
import type { Instance } from '../core/model/instance.ts';
import type { AppNetwork } from '../core/model/network.ts';
import { withJoins } from '../core/model/joined.ts';
import { isSystemdUnit } from '../core/model/systemd-unit.ts';
import { renderInstance } from '../core/render/render.ts';
import type { CustomTemplate } from '../core/render/custom/custom-template.ts';
import type { Templates } from '../core/render/template.ts';
import type { RenderedUnit } from '../core/render/unit.ts';
import { instancesWithoutHost } from '../core/render/without-host.ts';
import { attempt, err, type Failure, FailureError, ok, type Result } from '../errors/failure.ts';
import type { Files, PlainFile } from '../ports/files.ts';
import { compiled } from './templates.ts';
import type { RenderReport } from '../report/values-of-plans.ts';

/** What is rendered, and for which host, as there is none to ask. */
export interface RenderInput {
  readonly apps: readonly AppRequest[];
  readonly failures: readonly Failure[];
  /** Over what a descriptor says; docker where neither does. */
  readonly engine?: EngineKind;
  readonly systemdVersion: number;
  /** Of the user, in the places of shipped ones. */
  readonly templates?: readonly CustomTemplate[];
  /** An absolute path to write the units into; absent: the value alone. */
  readonly out?: string;
}

const header = [
  '# Rendered without a host. The image stands by its reference where a host has its ID; HASH-OF-… stands for the hash',
  "# of an environment, a file or a secret; the image's own volumes and health check are not known.",
].join('\n');

/** The units of all apps, and of none when one of them is wrong. Writes them, if at all, when all are rendered. */
export async function renderApps(
  files: Pick<Files, 'writeInto'>,
  input: RenderInput,
): Promise<Result<RenderReport>> {
  const { out } = input;
  return attempt(async () => {
    const templates = await compiled(input.templates ?? []);
    if (out === undefined) return { units: [...unitsOfApps(input, templates)], out: null };
    const units: { name: string; text: null }[] = [];
    await files.writeInto(out, filesOf(input, templates, units));
    return { units, out };
  });
}

/** The texts of ten thousand containers are never in memory together. */
function* filesOf(
  input: RenderInput,
  templates: Templates,
  written: { name: string; text: null }[],
): Generator<PlainFile> {
  for (const { name, text } of unitsOfApps(input, templates)) {
    written.push({ name, text: null });
    yield { path: name, content: text, mode: 0o644 };
  }
}

/** FailureError at the end, with everything that is wrong. */
function* unitsOfApps(
  input: RenderInput,
  templates: Templates,
): Generator<{ readonly name: string; readonly text: string }> {
  const failures = [...input.failures];
  for (const app of input.apps) {
    const rendered = renderApp(app, input, templates);
    if (!rendered.ok) failures.push(...rendered.failures);
    else if (failures.length === 0) yield* rendered.value;
  }
  if (failures.length > 0) throw new FailureError(...failures);
}

function renderApp(
  app: AppRequest,
  { engine: given, systemdVersion }: RenderInput,
  templates: Templates,
): Result<readonly { readonly name: string; readonly text: string }[]> {
  const engine = given ?? app.engine ?? 'docker';
  const target = { systemdVersion, engineCommand: `/usr/bin/${engine}`, liveRestore: false };
  const instances = withJoins(instancesWithoutHost(app, engine));
  const context = { dependencies: dependenciesOf(instances), networks: networksOf(app, engine), templates };
  const units: RenderedUnit[] = [];
  const failures: Failure[] = [];
  for (const instance of instances) {
    const result = renderInstance(instance, target, context);
    if (result.ok) units.push(...result.value);
    else failures.push(...result.failures.map((failure) => ({ ...failure, place: { source: app.source } })));
  }
  return failures.length > 0
    ? err(...failures)
    : ok(units.map(({ name, text }) => ({ name, text: `${header}\n${text}` })));
}

/** Containers of other apps are taken to be there: only a host could tell. */
function dependenciesOf(instances: readonly Instance[]) {
  const known = new Map<string, { readonly hasCheck: boolean; readonly job?: boolean }>();
  for (const { name, check, spec } of instances)
    known.set(name, { hasCheck: check !== null, job: spec.job === true });
  for (const { spec } of instances)
    for (const names of [spec.after, spec.requires, spec.before, spec.wants, spec.partOf, spec.conflicts])
      for (const name of names ?? [])
        if (!known.has(name) && !isSystemdUnit(name)) known.set(name, { hasCheck: false });
  return known;
}

function networksOf(app: AppRequest, engine: EngineKind): ReadonlyMap<string, AppNetwork> {
  const own = app.networks.filter(({ external }) => external !== true);
  return new Map(own.map(({ name, spec }) => [name, { app: app.app, engine, name, spec }]));
}
