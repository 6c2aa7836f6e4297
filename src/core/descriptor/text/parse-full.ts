import type * as YamlModule from 'yaml';
import type { Document as YamlDocument, YAMLError } from 'yaml';
import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import { NodeBuilder } from './build-node.ts';
import { limits } from './limits.ts';
import type { Node } from './node.ts';
import { tooDeep } from './node-value.ts';
import type { SourceText } from './source-text.ts';
import { wording } from './yaml-errors.ts';

type Yaml = typeof YamlModule;
type Parsed = YamlDocument.Parsed;

/** Deeper than limits.depth by far, and not so deep that a parser that recurses runs out of stack. */
const hopelessDepth = 500;

/**
 * Parses with `yaml`, which finds every mistake and knows every place. It takes 28 ms to load, so it is loaded here,
 * when it is needed. One node for each document of the text.
 */
export async function parseFull(source: SourceText): Promise<Result<readonly Node[]>> {
  const hopeless = hopelesslyDeep(source.text);
  if (hopeless !== undefined) return err(tooDeep(source, hopeless));
  const yaml = await import('yaml');
  const documents = compose(yaml, source.text);
  const failures: Failure[] = [];
  const nodes: Node[] = [];
  for (const document of documents) {
    const builder = new NodeBuilder(yaml, source);
    const node = builder.build(document.contents);
    nodes.push(node);
    failures.push(...mistakes(yaml, source, document));
    if (document.directives.yaml.explicit === true) failures.push(directive(source, document));
    // A text with mistakes has a guessed structure; what is wrong with a guess is no help.
    if (document.errors.length === 0) failures.push(...builder.failures);
  }
  return failures.length > 0 ? err(...failures.slice(0, limits.failures)) : ok(nodes);
}

/** Stops at limits.failures pieces that belong nowhere, since a large file could be made of nothing else. */
function compose(yaml: Yaml, text: string): readonly Parsed[] {
  // `failsafe` makes every scalar text: what it means is decided by plainScalar.
  const composer = new yaml.Composer({
    schema: 'failsafe',
    version: '1.2',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents: Parsed[] = [];
  let strays = 0;
  for (const token of new yaml.Parser().parse(text)) {
    if (token.type === 'error' && ++strays > limits.failures) break;
    documents.push(...composer.next(token));
  }
  documents.push(...composer.end());
  return documents;
}

function directive(source: SourceText, document: Parsed): Failure {
  const { message, next } = wording('BAD_DIRECTIVE', '');
  return source.failure(
    'DESCRIPTOR_SYNTAX',
    Math.max(0, source.text.lastIndexOf('%YAML', document.range[0])),
    message,
    next,
  );
}

function syntaxFailure(yaml: Yaml, source: SourceText, document: Parsed, error: YAMLError): Failure {
  const words = wording(error.code, error.message);
  const offset =
    words.opened === undefined ? error.pos[0] : openedAt(yaml, document, error.pos[0], words.opened);
  return source.failure('DESCRIPTOR_SYNTAX', offset, words.message, words.next);
}

/** Where the quote or bracket begins that was still open at the offset; the offset itself when none is found. */
function openedAt(yaml: Yaml, document: Parsed, offset: number, what: 'quote' | 'bracket'): number {
  let start = offset;
  yaml.visit(document, {
    Node: (_key, node) => {
      const [from, to] = node.range ?? [0, -1];
      const isOpen =
        what === 'bracket'
          ? yaml.isCollection(node) && node.flow === true
          : yaml.isScalar(node) && (node.type ?? '').startsWith('QUOTE');
      if (isOpen && to === offset) start = from;
    },
  });
  return start;
}

/** One mistake makes a parser stumble several times over the same line; only the first says something. */
function mistakes(yaml: Yaml, source: SourceText, document: Parsed): readonly Failure[] {
  const byLine = new Map<number | undefined, Failure>();
  for (const error of [...document.errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    if (byLine.size >= limits.failures) break;
    const { line } = source.place(error.pos[0]);
    if (!byLine.has(line)) byLine.set(line, syntaxFailure(yaml, source, document, error));
  }
  return [...byLine.values()];
}

/** The offset at which brackets, or dashes on one line, nest so deep that parsing on would only end the process. */
function hopelesslyDeep(text: string): number | undefined {
  const dashes = /(?:[-?:][ \t]+){500}/.exec(text);
  if (dashes !== null) return dashes.index;
  let depth = 0;
  for (const { 0: character, index } of text.matchAll(/[[\]{}]/g)) {
    depth += character === '[' || character === '{' ? 1 : -1;
    if (depth > hopelessDepth) return index;
    if (depth < 0) depth = 0;
  }
  return undefined;
}
