import type { Failure } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { nearest } from '../../model/nearest.ts';
import type { templateHelpers } from '../template-helpers.ts';
import { type CustomTemplate, invalidTemplate } from './custom-template.ts';
import { type Fields, type Kind, viewFields } from './view-fields.ts';

/** What stands where: the view, and inside of blocks of #each the element. */
type Scopes = readonly [Kind, ...Kind[]];

interface Finding {
  readonly node: hbs.AST.Node;
  readonly message: string;
  readonly next: string;
}

type HelperName = keyof typeof templateHelpers;

/** What each helper takes. */
const helperKinds: Readonly<Record<HelperName, readonly ('text' | 'words')[]>> = {
  text: ['text'],
  path: ['text'],
  command: ['words'],
  assignment: ['text', 'text'],
  directive: ['text', 'text'],
};

const blocks = ['if', 'unless', 'each'];
/** Blocks inside of blocks; shipped templates have two. */
const deepest = 8;
const listOfFields = 'docs/templates.md lists the fields of each template';

/**
 * Everything in a parsed template that is not a field of its view, one of gear's helpers or #if, #unless and #each. What
 * passes can do nothing but write values of the view: there are no partials, decorators, subexpressions or lookups.
 */
export function checkTemplate(template: CustomTemplate, program: hbs.AST.Program): readonly Failure[] {
  const lines = template.text.split('\n');
  const findings = checkProgram(program, [{ fields: viewFields[template.name] }], 0);
  return findings.map(({ node, message, next }) => {
    const { line, column } = node.loc.start;
    return invalidTemplate(template.source, message, next, {
      line,
      column: column + 1,
      ...(lines[line - 1] === undefined ? {} : { text: lines[line - 1] }),
    });
  });
}

function checkProgram(
  program: hbs.AST.Program | undefined,
  scopes: Scopes,
  depth: number,
): readonly Finding[] {
  return (program?.body ?? []).flatMap((node) => checkStatement(node, scopes, depth));
}

function checkStatement(node: hbs.AST.Statement, scopes: Scopes, depth: number): readonly Finding[] {
  switch (node.type) {
    case 'ContentStatement':
    case 'CommentStatement':
      return [];
    case 'MustacheStatement':
      return checkValue(node as hbs.AST.MustacheStatement, scopes);
    case 'BlockStatement':
      return checkBlock(node as hbs.AST.BlockStatement, scopes, depth);
    default:
      return [
        {
          node,
          message: 'a template has fields, helpers, #if, #unless and #each, and nothing else of Handlebars',
          next: 'write the text itself, or use a helper: text, path, command, assignment, directive',
        },
      ];
  }
}

function checkBlock(block: hbs.AST.BlockStatement, scopes: Scopes, depth: number): readonly Finding[] {
  const { path, params, program, inverse } = block;
  const [param] = params;
  if (!blocks.includes(path.original) || params.length !== 1 || param === undefined || hasNamed(block)) {
    return [
      {
        node: block,
        message: `{{#${path.original} …}} is not to be had`,
        next: 'use {{#if FIELD}}, {{#unless FIELD}} or {{#each FIELD}}',
      },
    ];
  }
  if (depth >= deepest) {
    return [
      { node: block, message: 'blocks are nested too deeply', next: `nest at most ${String(deepest)}` },
    ];
  }
  const found = kindOf(param, scopes);
  if ('node' in found) return [found];
  if (path.original !== 'each') {
    return [program, inverse].flatMap((each) => checkProgram(each, scopes, depth + 1));
  }
  if (!isList(found.kind)) {
    const next =
      found.kind === 'words'
        ? `write it whole: {{command ${textOf(param)}}}`
        : `use {{#if ${textOf(param)}}}`;
    return [{ node: param, message: `${quote(textOf(param))} is no list to go through`, next }];
  }
  return [
    ...checkProgram(program, [found.kind.each, ...scopes], depth + 1),
    ...checkProgram(inverse, scopes, depth + 1),
  ];
}

/** `{{helper a=b}}`; absent where there is none, whatever the types of the library say. */
function hasNamed(node: { readonly hash?: hbs.AST.Hash }): boolean {
  return node.hash !== undefined;
}

function isList(kind: Kind): kind is { readonly each: Kind } {
  return typeof kind === 'object' && 'each' in kind;
}

/** `{{helper FIELD}}`, or `{{FIELD}}` for a number, which needs no escaping. */
function checkValue(node: hbs.AST.MustacheStatement, scopes: Scopes): readonly Finding[] {
  const path = node.path as hbs.AST.PathExpression;
  const name = path.original;
  if (hasNamed(node)) return [{ node, message: 'helpers take no named values', next: listOfFields }];
  if (node.params.length === 0 && !Object.hasOwn(helperKinds, name)) return checkPlain(path, scopes);
  if (!Object.hasOwn(helperKinds, name)) {
    const near = nearest(name, Object.keys(helperKinds));
    const next =
      near === undefined ? `the helpers are ${Object.keys(helperKinds).join(', ')}` : `did you mean ${near}?`;
    return [{ node: path, message: `there is no helper ${quote(name)}`, next }];
  }
  const expected = helperKinds[name as HelperName];
  if (node.params.length !== expected.length) {
    const shape = `{{${name} ${expected.map(() => 'FIELD').join(' ')}}}`;
    return [
      {
        node,
        message: `the helper ${name} takes ${expected.length === 1 ? 'one value' : 'two values'}`,
        next: `write ${shape}`,
      },
    ];
  }
  return expected.flatMap((kind, index) => {
    const param = node.params[index];
    return param === undefined ? [] : checkParameter(param, kind, name, scopes);
  });
}

function checkPlain(path: hbs.AST.PathExpression, scopes: Scopes): readonly Finding[] {
  const found = kindOf(path, scopes);
  if ('node' in found) return [found];
  if (found.kind === 'number') return [];
  const field = textOf(path);
  const next =
    found.kind === 'text'
      ? `write {{text ${field}}}; a path in RequiresMountsFor= {{path ${field}}}`
      : found.kind === 'words'
        ? `write {{command ${field}}}`
        : listOfFields;
  return [{ node: path, message: `${quote(field)} needs a helper, which escapes it for systemd`, next }];
}

function checkParameter(
  param: hbs.AST.Expression,
  expected: 'text' | 'words',
  helper: string,
  scopes: Scopes,
): readonly Finding[] {
  if (param.type === 'StringLiteral' && expected === 'text') return [];
  const found = kindOf(param, scopes);
  if ('node' in found) return [found];
  const fits =
    expected === 'words' ? found.kind === 'words' : found.kind === 'text' || found.kind === 'number';
  if (fits) return [];
  const next =
    expected === 'words'
      ? 'command takes a list of words, such as startCommand'
      : `${helper} takes a text; for a command line write {{command FIELD}}, for a list {{#each FIELD}}`;
  return [{ node: param, message: `the helper ${helper} cannot write ${quote(textOf(param))}`, next }];
}

function kindOf(node: hbs.AST.Expression, scopes: Scopes): { readonly kind: Kind } | Finding {
  if (node.type !== 'PathExpression') {
    return { node, message: 'here stands the name of a field', next: listOfFields };
  }
  const path = node as hbs.AST.PathExpression;
  if (path.data) return { node, message: `${quote(path.original)} is not to be had`, next: listOfFields };
  let kind = scopes[path.depth];
  for (const part of path.parts) {
    const fields: Fields =
      kind !== undefined && typeof kind === 'object' && 'fields' in kind ? kind.fields : {};
    const field = Object.hasOwn(fields, part) ? fields[part] : undefined;
    if (field === undefined) return unknownField(node, path, part, fields, scopes);
    kind = field.kind;
  }
  return kind === undefined
    ? { node, message: `nothing is above ${quote(path.original)}`, next: listOfFields }
    : { kind };
}

function unknownField(
  node: hbs.AST.Node,
  path: hbs.AST.PathExpression,
  part: string,
  fields: Fields,
  scopes: Scopes,
): Finding {
  const outer = scopes.findIndex(
    (kind) => typeof kind === 'object' && 'fields' in kind && Object.hasOwn(kind.fields, part),
  );
  const near = nearest(part, Object.keys(fields));
  const next =
    outer > path.depth
      ? `inside of {{#each}} the view is one level up: ${'../'.repeat(outer)}${part}`
      : near === undefined
        ? listOfFields
        : `did you mean ${near}?`;
  return { node, message: `there is no field ${quote(path.original)}`, next };
}

function textOf(node: hbs.AST.Expression): string {
  return node.type === 'PathExpression' ? (node as hbs.AST.PathExpression).original : 'that';
}
