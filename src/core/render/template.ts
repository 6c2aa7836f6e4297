import { ok, type Result } from '../../errors/failure.ts';
import { shippedWriters } from './shipped-writers.ts';
import type { TemplateName } from './shipped.ts';

/** Turns a view into text. TEMPLATE_INVALID where a user's template writes what a unit cannot hold. */
export type Template = (view: object) => Result<string>;

/** A template for each kind of unit: the shipped ones, or a user's of the same name. */
export type Templates = Readonly<Record<TemplateName, Template>>;

/** The shipped templates, which were made into functions when gear was built: nothing of Handlebars is loaded. */
export const shippedTemplates: Templates = {
  'container-docker.service.hbs': template(shippedWriters['container-docker.service.hbs']),
  'container-podman.service.hbs': template(shippedWriters['container-podman.service.hbs']),
  'ready.service.hbs': template(shippedWriters['ready.service.hbs']),
  'schedule.timer.hbs': template(shippedWriters['schedule.timer.hbs']),
};

/** Whoever renders gives each template the view that is made for it; the compiler cannot tell so of a user's. */
function template(write: (view: never) => string): Template {
  return (view) => ok(write(view as never));
}
