// The compiler without what loads files: the package's main module registers itself with require().
import compiler from 'handlebars/dist/cjs/handlebars.js';
import { err, type Failure, ok, type Result } from '../../../errors/failure.ts';
import type { Template } from '../template.ts';
import { templateHelpers } from '../template-helpers.ts';
import { checkTemplate } from './check-template.ts';
import { type CustomTemplate, invalidTemplate } from './custom-template.ts';

const library = compiler;
const engine = library.create();
type Helper = (...values: unknown[]) => string;
const helpers: Readonly<Record<string, Helper>> = templateHelpers;
const names = Object.keys(helpers);
for (const [name, helper] of Object.entries(helpers)) engine.registerHelper(name, placed(helper));

/** What a helper throws of a value that it cannot write, with the line of the template. */
class UnfitValue extends Error {
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/**
 * Compiles a user's template. TEMPLATE_INVALID, with line and column, for everything in it that is not of our language;
 * of what it writes for a view, for a value that a unit cannot hold.
 */
export function compileTemplate(template: CustomTemplate): Result<Template> {
  const parsed = parse(template);
  if (!parsed.ok) return parsed;
  const failures = checkTemplate(template, parsed.value);
  if (failures.length > 0) return err(...failures);
  const run = engine.compile<object>(parsed.value, {
    noEscape: true,
    data: false,
    strict: true,
    preventIndent: true,
    knownHelpers: Object.fromEntries(names.map((name) => [name, true])),
    knownHelpersOnly: true,
  });
  return ok((view) => {
    try {
      return ok(run(view));
    } catch (error) {
      if (!(error instanceof UnfitValue)) throw error;
      const next = 'where a field can be empty, write it inside of {{#if FIELD}} … {{/if}}';
      return err(invalidTemplate(template.source, error.message, next, lineOf(template, error.line)));
    }
  });
}

function lineOf({ text }: CustomTemplate, line: number): { readonly line: number; readonly text?: string } {
  const found = text.split('\n')[line - 1];
  return { line, ...(found === undefined ? {} : { text: found }) };
}

function parse(template: CustomTemplate): Result<hbs.AST.Program> {
  try {
    return ok(library.parse(template.text));
  } catch (error) {
    return err(syntaxFailure(template, error instanceof Error ? error.message : String(error)));
  }
}

/** Handlebars tells of mistakes in two ways: `Parse error on line 3: …`, and `each doesn't match if - 4:5`. */
function syntaxFailure(template: CustomTemplate, message: string): Failure {
  const [first = ''] = message.split('\n');
  const byLine = /^(?:Parse|Lexical) error on line (\d+)/.exec(first);
  const byPlace = /^(.*) - (\d+):(\d+)$/.exec(first);
  const next = 'see docs/topics/templates.md, or begin anew: gear template show ' + template.name;
  if (byPlace !== null) {
    const [, what = '', line, column] = byPlace;
    const at = { ...lineOf(template, Number(line)), column: Number(column) + 1 };
    return invalidTemplate(
      template.source,
      `it cannot be read: ${what.replaceAll("doesn't", 'does not')}`,
      next,
      at,
    );
  }
  if (byLine === null) return invalidTemplate(template.source, `it cannot be read: ${first}`, next);
  const open = message.endsWith("got 'EOF'");
  return invalidTemplate(
    template.source,
    open
      ? 'a block is not closed: {{/if}}, {{/unless}} or {{/each}} is missing'
      : 'what stands in {{ }} here cannot be read',
    next,
    lineOf(template, Number(byLine[1])),
  );
}

/** The helper, telling of what it cannot write with the line that it stands on; Handlebars gives it as last argument. */
function placed(helper: Helper): Helper {
  return (...given) => {
    try {
      return helper(...given.slice(0, -1));
    } catch (error) {
      const options = given.at(-1) as { readonly loc?: { readonly start: { readonly line: number } } };
      throw new UnfitValue(
        error instanceof Error ? error.message : String(error),
        options.loc?.start.line ?? 1,
      );
    }
  };
}
