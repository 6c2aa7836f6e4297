import { Document, isMap, isScalar, isSeq } from 'yaml';
import type { Path } from '../document.ts';
import { isShortLine, onOneLine, styledYaml, yamlVersion } from './yaml-style.ts';

/** Lines of comment by the path of the key that they stand before, its keys joined by NUL; '' is the document. */
export type Comments = ReadonlyMap<string, readonly string[]>;

/** The key of a path in Comments. */
export function commentKey(path: Path): string {
  return path.join('\0');
}

/** What any YAML reads as the text that it is, in brackets as well: words, options, paths, addresses, ports, sizes. */
const surelyPlain =
  /^(?:-{0,2}[A-Za-z_]|\.{0,2}\/)(?:[\w/.@=+-]|[: ](?=[\w/.@=+-]))*$|^\d{1,5}:\d{3,5}$|^\d+(?:ms|[smhkMG])$/;
const digits = /^\d+$/;
/** Words and powers of ten that some YAML takes for something else. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null|-?e[-+]?\d+)$/i;

/**
 * The text that styledYaml gives, ten times as fast; undefined where a text of several lines is in it, which takes the
 * library. Texts that may need quotes are written by the library too, each once for all places.
 */
export function quickYaml(value: unknown, comments: Comments): string | undefined {
  const known = new Map<string, string>();
  const lines: string[] = [];
  const scalar = (item: unknown, place: Place): string => {
    if (typeof item !== 'string') return String(item);
    if (digits.test(item)) return `"${item}"`;
    if (surelyPlain.test(item) && !reserved.test(item)) return item;
    const key = `${place} ${item}`;
    const text = known.get(key) ?? written(item, place);
    known.set(key, text);
    return text;
  };
  const flow = (items: readonly unknown[]): string =>
    `[${items.map((item) => scalar(item, 'flow')).join(', ')}]`;
  /** Writes a value behind `head`, which is its key with a colon, or a dash. */
  const write = (head: string, item: unknown, indent: string, path: Path, name: string): void => {
    if (Array.isArray(item) && (item.length === 0 || (onOneLine.has(name) && isShortLine(item)))) {
      lines.push(`${head} ${flow(item)}`);
    } else if (Array.isArray(item)) {
      lines.push(head);
      for (const each of item as unknown[]) writeItem(each, indent, path);
    } else if (typeof item === 'object' && item !== null) {
      if (Object.keys(item).length === 0) lines.push(`${head} {}`);
      else {
        lines.push(head);
        writeMap(item, indent, path);
      }
    } else lines.push(`${head} ${scalar(item, 'item')}`);
  };
  const writeItem = (item: unknown, indent: string, path: Path): void => {
    if (typeof item !== 'object' || item === null || Object.keys(item).length === 0)
      write(`${indent}-`, item, '', path, '');
    else {
      // The first line of what is in it stands behind the dash.
      const first = lines.length;
      if (Array.isArray(item)) for (const each of item as unknown[]) writeItem(each, `${indent}  `, path);
      else writeMap(item, `${indent}  `, path);
      lines[first] = `${indent}- ${(lines[first] ?? '').slice(indent.length + 2)}`;
    }
  };
  const writeMap = (map: object, indent: string, path: Path): void => {
    for (const [key, item] of Object.entries(map)) {
      const at = comments.size === 0 ? path : [...path, key];
      if (comments.size > 0)
        for (const comment of comments.get(commentKey(at)) ?? []) lines.push(`${indent}# ${comment}`);
      write(`${indent}${scalar(key, 'key')}:`, item, `${indent}  `, at, key);
    }
  };
  const top = comments.get('') ?? [];
  if (top.length > 0) lines.push(...top.map((comment) => `# ${comment}`), '');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  writeMap(value, '', []);
  return lines.some((line) => line.includes('\n')) ? undefined : `${lines.join('\n')}\n`;
}

type Place = 'item' | 'flow' | 'key';

/** A text by itself, as the library writes it in such a place. */
function written(text: string, place: Place): string {
  const document = new Document(place === 'key' ? { [text]: 0 } : [text], yamlVersion);
  if (place === 'flow' && isSeq(document.contents)) document.contents.flow = true;
  const whole = styledYaml(document).trimEnd();
  return place === 'key' ? whole.slice(0, -3) : place === 'flow' ? whole.slice(1, -1) : whole.slice(2);
}

/** The same by the library alone. */
export function fullYaml(value: unknown, comments: Comments): string {
  const document = new Document(value, yamlVersion);
  const comment = (map: unknown, path: Path): void => {
    if (!isMap(map)) return;
    for (const { key, value: item } of map.items) {
      if (!isScalar(key)) continue;
      const at = [...path, String(key.value)];
      const lines = comments.get(commentKey(at));
      if (lines !== undefined) key.commentBefore = lines.map((each) => ` ${each}`).join('\n');
      comment(item, at);
    }
  };
  comment(document.contents, []);
  const top = comments.get('');
  if (top !== undefined) document.commentBefore = top.map((each) => ` ${each}`).join('\n');
  return styledYaml(document);
}
