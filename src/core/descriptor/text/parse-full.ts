import type * as YamlModule from 'yaml';
import type { Document as YamlDocument, YAMLError } from 'yaml';
import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import { NodeBuilder } from './build-node.ts';
import { limits } from './limits.ts';
import { Nesting } from './nesting.ts';
import type { Node } from './node.ts';
import { tooDeep } from './node-value.ts';
import type { SourceText } from './source-text.ts';
import { wording } from './yaml-errors.ts';

type Yaml = typeof YamlModule;
type Parsed = YamlDocument.Parsed;

/**
 * Parses with `yaml`, which finds every mistake and knows every place. It takes 28 ms to load, so it is loaded here,
 * when it is needed. One node for each document of the text; tags
 * but those given are mistakes.
 */
export async function parseFull(
  source: SourceText,
  tags: readonly string[] = [],
): Promise<Result<readonly Node[]>> {
  const yaml = await import('yaml');
  const { documents, deepAt } = compose(yaml, source.text);
  if (deepAt !== undefined) return err(tooDeep(source, deepAt));
  const failures: Failure[] = [];
  const nodes: Node[] = [];
  for (const document of documents) {
    const builder = new NodeBuilder(yaml, source, tags);
    const node = builder.build(document.contents);
    nodes.push(node);
    failures.push(...mistakes(yaml, source, document));
    if (document.directives.yaml.explicit === true) failures.push(directive(source, document));
    // A text with mistakes has a guessed structure; what is wrong with a guess is no help.
    if (document.errors.length === 0) failures.push(...builder.failures);
  }
  return failures.length > 0 ? err(...failures.slice(0, limits.failures)) : ok(nodes);
}

/** What came of a text; `deepAt` where it nests so deep that composing it would only end the process. */
interface Composed {
  readonly documents: readonly Parsed[];
  readonly deepAt?: number;
}

/**
 * Stops at limits.failures pieces that belong nowhere, since a large file could be made of nothing else. Each mistake is
 * an Error for `yaml`, and what costs most about those is a stack that nobody reads.
 */
function compose(yaml: Yaml, text: string): Composed {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return composeBounded(yaml, text);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function composeBounded(yaml: Yaml, text: string): Composed {
  // `failsafe` makes every scalar text: what it means is decided by plainScalar.
  const composer = new yaml.Composer({
    schema: 'failsafe',
    version: '1.2',
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const documents: Parsed[] = [];
  const parser = new yaml.Parser();
  const nesting = new Nesting();
  let strays = 0;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    if (nesting.isHopeless(lexeme)) return { documents, deepAt: nesting.offset };
    for (const token of parser.next(lexeme)) {
      if (token.type === 'error' || token.type === 'directive') strays += 1;
      documents.push(...composer.next(token));
    }
    if (strays > limits.failures || documents.length > limits.documents) break;
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  return { documents };
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
