import type Handlebars from 'handlebars';
import runtime from 'handlebars/runtime.js';
import { ok, type Result } from '../../errors/failure.ts';
import { precompiledTemplates, type TemplateName } from './shipped.ts';
import { templateHelpers } from './template-helpers.ts';

/** Turns a view into text. TEMPLATE_INVALID where a user's template writes what a unit cannot hold. */
export type Template = (view: object) => Result<string>;

/** A template for each kind of unit: the shipped ones, or a user's of the same name. */
export type Templates = Readonly<Record<TemplateName, Template>>;

// The types of the runtime leave out that it can make an environment of its own, as the whole library can.
const engine = (runtime as unknown as typeof Handlebars).create();
engine.registerHelper(templateHelpers);

/** The shipped templates, compiled when gear was built: only the runtime of Handlebars is loaded. */
export const shippedTemplates: Templates = {
  'container-docker.service.hbs': load('container-docker.service.hbs'),
  'container-podman.service.hbs': load('container-podman.service.hbs'),
  'ready.service.hbs': load('ready.service.hbs'),
  'schedule.timer.hbs': load('schedule.timer.hbs'),
};

function load(name: TemplateName): Template {
  const template = engine.template<object>(precompiledTemplates[name]);
  return (view) => ok(template(view));
}
