import { attempt, type Result } from '../errors/failure.ts';
import type { Instance } from '../core/model/instance.ts';
import type { AppSource } from '../core/model/manifest.ts';
import { paths } from '../core/model/paths.ts';
import { originKey } from '../core/render/origin-key.ts';
import { originOf } from '../core/render/origin.ts';
import { templateOf, unitsOf } from '../core/render/units-of.ts';
import { hashOf } from '../core/model/hash.ts';
import type { TemplateName } from '../core/render/shipped.ts';
import { templateTexts } from '../core/render/shipped-texts.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { UnitSource } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { namedInstances } from './names.ts';
import { hostTemplates } from './templates.ts';

/** Finds where a descriptor, with what was laid over it, says what it says of an app's containers. */
export type FindPlaces = (
  app: string,
  source: AppSource,
) => Promise<((container: string, key: string, line: string) => string | null) | null>;

/** The units of containers as systemd reads them, drop-ins after them, each line with where it comes from. With
 * `findPlaces` also the lines of descriptors, as they are now. */
export async function unitSources(
  context: FlowContext,
  names: readonly string[],
  findPlaces: FindPlaces = () => Promise.resolve(null),
): Promise<Result<readonly UnitSource[]>> {
  return attempt(async () => {
    const { manifest, instances } = await namedInstances(context, names);
    const templateNamed = await templatesInUse(context);
    const apps = [...new Set(instances.map(({ app }) => app))];
    const described = apps.map(async (app) => {
      const path = manifest?.sources?.[app];
      const overlays = manifest?.overlays?.[app] ?? [];
      return [app, path === undefined ? null : await findPlaces(app, { path, overlays })] as const;
    });
    const places = new Map(await Promise.all(described));
    const sources = instances.map(async (instance) => {
      const place = places.get(instance.app) ?? null;
      const units = await sourcesOf(context, instance, templateNamed);
      return place === null ? units : units.map((unit) => withPlaces(unit, instance, place));
    });
    return (await Promise.all(sources)).flat();
  });
}

function withPlaces(
  { path, lines }: UnitSource,
  { container }: Instance,
  placeOf: (container: string, key: string, line: string) => string | null,
): UnitSource {
  return {
    path,
    lines: lines.map((line) => {
      const key = line.from === null ? null : originKey(line.from);
      const place = key === null ? null : placeOf(container, key, line.text);
      return place === null ? line : { ...line, place };
    }),
  };
}

async function sourcesOf(
  context: FlowContext,
  instance: Instance,
  templateNamed: (name: TemplateName) => UsedTemplate,
): Promise<readonly UnitSource[]> {
  const { files } = context.host;
  const { all } = unitsOf(instance);
  const states = await (await context.host.systemd()).units(all);
  const sources = await Promise.all(
    all.map(async (unit, index): Promise<readonly UnitSource[]> => {
      const path = `${paths.current}/units/${unit}`;
      const dropIns = states[index]?.dropInPaths ?? [];
      return [
        {
          path,
          lines: originOf(
            await textOf(context, path),
            instance,
            templateNamed(templateOf(unit, instance.engine)),
          ),
        },
        ...(await Promise.all(
          dropIns.map(async (dropIn) => ({
            path: dropIn,
            lines: decode(await files.read(dropIn))
              .replace(/\n$/, '')
              .split('\n')
              .map((text) => ({ text, from: text === '' || text.startsWith('[') ? null : 'drop-in' })),
          })),
        )),
      ];
    }),
  );
  return sources.flat();
}

async function textOf({ host }: FlowContext, path: string): Promise<string> {
  return decode(await host.files.read(path));
}

function decode(content: Uint8Array | null): string {
  return content === null ? '' : new TextDecoder().decode(content);
}

interface UsedTemplate {
  readonly name: string;
  readonly text: string | null;
}

/** What the units in force were rendered from. A template that was changed since no longer tells of lines. */
async function templatesInUse({ host }: FlowContext): Promise<(name: TemplateName) => UsedTemplate> {
  const used = (await readCurrentManifest(host.files))?.templates ?? {};
  if (Object.keys(used).length === 0) return (name) => ({ name, text: templateTexts[name] });
  const own = await hostTemplates(host.files);
  return (name) => {
    const hash = used[name];
    if (hash === undefined) return { name, text: templateTexts[name] };
    const found = own.find((each) => each.name === name && hashOf(each.text) === hash);
    return found === undefined
      ? { name: `${paths.templates}/${name}, as it was`, text: null }
      : { name: found.source, text: found.text };
  };
}
