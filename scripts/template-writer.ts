import Handlebars from 'handlebars';

/**
 * A template of the language that check-template.ts allows, as a template literal of TypeScript: a field that `view` does
 * not have fails to compile, and at run time there is nothing to interpret.
 */
export function templateLiteral(source: string): string {
  return literalOf(Handlebars.parse(source), 'view');
}

/** The text of a program, where `scope` is what its paths begin at. */
function literalOf(program: hbs.AST.Program, scope: string): string {
  return `\`${program.body.map((node) => partOf(node, scope)).join('')}\``;
}

function partOf(node: hbs.AST.Statement, scope: string): string {
  switch (node.type) {
    case 'CommentStatement':
      return '';
    case 'ContentStatement':
      return (node as hbs.AST.ContentStatement).value.replace(/[`\\]|\$\{/g, '\\$&');
    case 'MustacheStatement':
      return `\${${valueOf(node as hbs.AST.MustacheStatement, scope)}}`;
    case 'BlockStatement':
      return `\${${blockOf(node as hbs.AST.BlockStatement, scope)}}`;
    default:
      throw notOfOurs(node.type);
  }
}

function valueOf({ path, params }: hbs.AST.MustacheStatement, scope: string): string {
  if (params.length === 0) return argument(path, scope);
  return `${(path as hbs.AST.PathExpression).original}(${params.map((each) => argument(each, scope)).join(', ')})`;
}

function blockOf({ path, params, program, inverse }: hbs.AST.BlockStatement, scope: string): string {
  const field = params.map((each) => argument(each, scope)).join(', ');
  const [whenFilled, otherwise] = path.original === 'unless' ? [inverse, program] : [program, inverse];
  const branch = (body: hbs.AST.Program | undefined) => (body === undefined ? "''" : literalOf(body, scope));
  switch (path.original) {
    case 'if':
    case 'unless':
      return `isFilled(${field}) ? ${branch(whenFilled)} : ${branch(otherwise)}`;
    case 'each':
      return `each(${field}, (item) => ${literalOf(program, 'item')})`;
    default:
      throw notOfOurs(`{{#${path.original}}}`);
  }
}

function argument(node: hbs.AST.Expression, scope: string): string {
  if (node.type === 'StringLiteral') return JSON.stringify((node as hbs.AST.StringLiteral).value);
  const { depth, data, parts } = node as hbs.AST.PathExpression;
  if (node.type !== 'PathExpression' || depth > 0 || data) throw notOfOurs(node.type);
  return [scope, ...parts].join('.');
}

function notOfOurs(what: string): Error {
  return new Error(`${what} is not of the language of templates`);
}
