import type { Failure, Place } from '../../../errors/failure.ts';
import type { Path } from '../document.ts';
import type { SourceText } from '../text/source-text.ts';

/** DESCRIPTOR_SYNTAX for a template that Helm has not filled yet. */
export function notRendered(what: string, place: Place): Failure {
  return {
    code: 'DESCRIPTOR_SYNTAX',
    message: `${what} is a template of Helm, which has to be rendered first`,
    next: 'helm template NAME CHART > rendered.yaml',
    place,
  };
}

/** Where the first action of a template stands, of a text that is no YAML; undefined where there is none. */
export function firstAction(source: SourceText): Place | undefined {
  const at = source.text.search(/\{\{-?\s/);
  return at === -1 ? undefined : source.place(at);
}

/** The first text that Helm would still have to fill. */
export function templateMark(
  values: readonly unknown[],
): { readonly text: string; readonly path: Path } | undefined {
  const look = (value: unknown, path: Path): { readonly text: string; readonly path: Path } | undefined => {
    if (typeof value === 'string') {
      const [text] = /\{\{-?\s*(\.|include|template|if|range|with|toYaml|tpl)[^}]*\}\}/.exec(value) ?? [];
      return text === undefined ? undefined : { text, path };
    }
    if (typeof value !== 'object' || value === null) return undefined;
    for (const [key, item] of Object.entries(value)) {
      // Contents of files are full of templates of others.
      if (key === 'data' || key === 'stringData' || key === 'args' || key === 'command') continue;
      const found = look(item, [...path, Array.isArray(value) ? Number(key) : key]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const [index, value] of values.entries()) {
    const found = look(value, [index]);
    if (found !== undefined) return found;
  }
  return undefined;
}
