import { type Document, isPair, isScalar, visit, type YAMLSeq } from 'yaml';

/** Lists that people write on one line. */
export const onOneLine: ReadonlySet<unknown> = new Set([
  ...['command', 'entrypoint', 'exec', 'cmd', 'networks', 'aliases', 'cap_add', 'cap_drop'],
  ...['after', 'before', 'requires', 'wants', 'part_of', 'conflicts'],
]);
const longestLine = 72;

/** How documents are made, so that texts which an older YAML would read as something else (`no`, `22:22`) are quoted. */
export const yamlVersion = { version: '1.2', compat: 'yaml-1.1' } as const;

/**
 * The document as text, the way in which people write descriptors: several lines as a block, short lists on one line.
 * The same document gives the same text, and reading it gives the same values.
 */
export function styledYaml(document: Document): string {
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value !== 'string') return;
      if (isBlock(node.value)) node.type = 'BLOCK_LITERAL';
      else if (/\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|[\ufffe\uffff]/u.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
    Seq: (_, node, path) => {
      const parent = path.at(-1);
      const key = isPair(parent) && isScalar(parent.key) ? parent.key.value : undefined;
      if (onOneLine.has(key) && isShort(node)) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).replace(unprintable, escaped);
}

/** What YAML has no place for as it is (1.2, c-printable), and the library writes so. Only double quotes hold it here. */
const unprintable = /[\x7f-\x84\x86-\x9f\ufffe\uffff]/g;

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Several lines, none of which holds what only an escape can carry, and the first of which says something. */
function isBlock(text: string): boolean {
  return /^[^\s][^\n]*\n/.test(text) && !/[^\P{Cc}\n]|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}|[\ufffe\uffff]/u.test(text);
}

function isShort({ items }: YAMLSeq): boolean {
  return isShortLine(items.map((item) => (isScalar(item) ? item.value : [])));
}

/** Whether a list is of texts that one line has place for. */
export function isShortLine(items: readonly unknown[]): boolean {
  const texts = items.map((item) => (typeof item === 'object' && item !== null ? '\n' : String(item)));
  return !texts.some((text) => text.includes('\n')) && texts.join(', ').length <= longestLine;
}
