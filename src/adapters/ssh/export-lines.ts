import { quoteWord } from './quote.ts';

const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What sets the variables in a shell, a line each. TypeError for what is no name of one: it would be a command. */
export function exportLines(environment: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(environment).map(([name, value]) => {
    if (!variableName.test(name)) throw new TypeError(`no name of a variable: ${name}`);
    return `export ${name}=${quoteWord(value)}`;
  });
}
