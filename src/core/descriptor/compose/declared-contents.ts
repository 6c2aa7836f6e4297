import type { Path } from '../document.ts';
import type { Coverage } from '../foreign/coverage.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';

const swarm = 'left out: it belongs to a cluster of Swarm';

function kept(name: string, to: string, note = ''): Coverage {
  return { name, verdict: 'kept', to, note };
}

function leftOut(name: string): Coverage {
  return { name, verdict: 'approximated', to: '', note: swarm };
}

/** The keys of a secret or config at the top level. */
export const contentKeys: readonly Coverage[] = [
  kept('file', 'files'),
  kept('content', 'files'),
  kept('environment', 'files'),
  kept('external', 'secrets', 'a secret of the host; an external config is refused'),
  kept('name', 'secrets', 'of an external one'),
  leftOut('labels'),
  leftOut('driver'),
  leftOut('driver_opts'),
  leftOut('template_driver'),
];

/** What a secret or config is, and where its text comes from. */
export interface Content {
  readonly external: boolean;
  readonly file?: string;
  readonly content?: string;
  /** The variable that holds it. */
  readonly environment?: string;
  /** What an external one is called. */
  readonly name?: string;
}

/** The secrets or configs of the top level by name. Mistakes are noted, and what they are of is there all the same. */
export function declaredContents(
  reader: ForeignReader,
  kind: 'secrets' | 'configs',
  declared: Fields,
): ReadonlyMap<string, Content> {
  return new Map(
    Object.entries(declared).map(([name, value]) => {
      reader.tell([kind, name], 'kept');
      return [name, readContent(reader, value ?? {}, [kind, name])];
    }),
  );
}

function readContent(reader: ForeignReader, value: unknown, path: Path): Content {
  const known = contentKeys.map(({ name }) => name);
  const fields = reader.fields(value, path, known);
  if (fields === undefined) return { external: false, content: '' };
  const text = (key: 'file' | 'content' | 'environment' | 'name') =>
    fields[key] === undefined || fields[key] === null
      ? {}
      : { [key]: reader.text(fields[key], [...path, key]) ?? '' };
  for (const { name, verdict, note } of contentKeys)
    if (verdict === 'approximated' && fields[name] !== undefined)
      reader.tell([...path, name], 'approximated', note);
  const external = externalOf(reader, fields, path);
  if (!external.external && fields['name'] !== undefined && fields['name'] !== null)
    reader.tell(
      [...path, 'name'],
      'approximated',
      'left out: it is a file of its containers, and has no name',
    );
  return {
    ...external,
    ...text('file'),
    ...text('content'),
    ...text('environment'),
    ...text('name'),
  };
}

/** `external: true`, or the older map with the name. */
function externalOf(reader: ForeignReader, fields: Fields, path: Path): Pick<Content, 'external' | 'name'> {
  const { external } = fields;
  const at = [...path, 'external'];
  if (external === undefined || external === null) return { external: false };
  // A mistake in it is told once, and not again where it is used.
  if (typeof external !== 'object') return { external: reader.toggle(external, at) ?? true };
  const name = reader.textOf(reader.fields(external, at, ['name']) ?? {}, 'name', at);
  return { external: true, ...(name === undefined ? {} : { name }) };
}
