import type { Instance } from '../model/instance.ts';
import type { AppNetwork } from '../model/network.ts';
import { err, type Failure, ok, type Result } from '../../errors/failure.ts';
import { checkInstance } from './check-instance.ts';
import { createArguments, runArguments } from './engine-arguments.ts';
import { resolveRelations, type Dependencies } from './relations.ts';
import { shippedTemplates, type Template, type Templates } from './template.ts';
import { withTextHash } from './text-hash.ts';
import type { RenderedUnit, RenderTarget } from './unit.ts';
import { dockerView, podmanView, readyView, timerView } from './view.ts';

/**
 * What rendering needs beside the instance and the target. `networks`: those that gear owns, by name, of the instance's
 * engine; `templates` are the shipped ones unless given.
 */
interface RenderContext {
  readonly dependencies: Dependencies;
  readonly networks?: ReadonlyMap<string, AppNetwork>;
  readonly templates?: Templates;
}

/**
 * The units of an instance, the container's first. The same input gives the same bytes: neither gear's version nor a
 * date nor an ID that the engine made up is in the text. VALUE_INVALID, UNSUPPORTED or DEPENDENCY_UNKNOWN where a value has
 * no place, TEMPLATE_INVALID where a user's template cannot write it.
 */
export function renderInstance(
  instance: Instance,
  target: RenderTarget,
  { dependencies, networks = new Map(), templates = shippedTemplates }: RenderContext,
): Result<readonly RenderedUnit[]> {
  const docker = instance.engine === 'docker';
  const engineWords = docker ? createArguments(instance) : runArguments(instance);
  const failures = checkInstance(instance, engineWords, networks);
  const relations = resolveRelations(instance, dependencies);
  if (!relations.ok) return err(...failures, ...relations.failures);
  if (failures.length > 0) return err(...failures);

  const surroundings = { relations: relations.value, networks };
  const container = docker
    ? renderUnit(
        templates['container-docker.service.hbs'],
        dockerView(instance, engineWords, target, surroundings),
      )
    : renderUnit(
        templates['container-podman.service.hbs'],
        podmanView(instance, engineWords, target, surroundings),
      );
  const ready = readyView(instance, target, relations.value);
  const timer = timerView(instance);
  const results = [
    container,
    ...(ready === null ? [] : [renderUnit(templates['ready.service.hbs'], ready)]),
    ...(timer === null ? [] : [renderUnit(templates['schedule.timer.hbs'], timer)]),
  ];
  const units: RenderedUnit[] = [];
  const wrong: Failure[] = [];
  for (const result of results)
    if (result.ok) units.push(result.value);
    else wrong.push(...result.failures);
  return wrong.length > 0 ? err(...wrong) : ok(units);
}

function renderUnit(template: Template, view: { readonly unit: string }): Result<RenderedUnit> {
  const text = template(view);
  if (!text.ok) return text;
  return ok({ name: view.unit, ...withTextHash(text.value) });
}
