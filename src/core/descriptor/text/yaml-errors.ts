import type { ErrorCode } from 'yaml';

/** What a mistake is called, and how it is mended. */
export interface Wording {
  readonly message: string;
  readonly next: string;
  /** It is found where something was left open, and shown where that was opened. */
  readonly opened?: 'quote' | 'bracket';
}

const indent: Wording = {
  message: 'the indentation does not fit: keys of one map, and dashes of one list, begin in the same column',
  next: 'align the line with the ones that it belongs to',
};
const tab: Wording = {
  message: 'a tab indents this line, and YAML takes only spaces',
  next: 'replace the tab with spaces',
};
const colon: Wording = {
  message: 'a value of one line cannot be KEY: VALUE itself',
  next: 'put the value in "quotes" when the ": " belongs to it, or the inner key on a line of its own',
};
const bracket: Wording = {
  message: 'the bracket is not closed',
  next: 'close it, and indent its lines deeper than its key',
  opened: 'bracket',
};
const unknown: Wording = {
  message: 'this is not valid YAML',
  next: 'compare it with the lines around it; text with special characters goes in "quotes"',
};

/** By code of the parser; those that cover several mistakes are told apart by what its message says. */
const byCode: Partial<Record<ErrorCode, Wording | readonly (readonly [RegExp, Wording])[]>> = {
  BAD_INDENT: [
    [/^Flow/, bracket],
    [/./, indent],
  ],
  TAB_AS_INDENT: tab,
  BLOCK_AS_IMPLICIT_KEY: [
    [
      /sequence/,
      { message: 'a list cannot stand here', next: 'put the "-" on a line of its own, below the key' },
    ],
    [/./, colon],
  ],
  MULTILINE_IMPLICIT_KEY: {
    message: 'a key has to stand on one line with its ":"',
    next: 'write KEY: VALUE, and check the line before it for a missing ":"',
  },
  MISSING_CHAR: [
    [
      /closing .quote/,
      {
        message: 'the quote is not closed',
        next: 'close it with the same quote that it was opened with',
        opened: 'quote',
      },
    ],
    [/^Flow|must end with/, bracket],
    [
      /map values/,
      {
        message: 'a ":" and a value are missing after the key',
        next: 'write KEY: VALUE; an item of a list begins with "- "',
      },
    ],
    [
      /without - indicator/,
      {
        message: 'an item of the list does not begin with "- "',
        next: 'begin it with "- ", or indent it less than the list',
      },
    ],
    [/Missing , /, { message: 'a comma is missing between two items', next: 'put a "," between them' }],
    [/space after :/, { message: 'a space is missing after ":"', next: 'write KEY: VALUE' }],
    [
      /Comments/,
      {
        message: 'a comment needs a space before its "#"',
        next: 'put a space before "#", or the value in "quotes"',
      },
    ],
    [/directives-end/, { message: 'lines that begin with "%" are not used here', next: 'take the line out' }],
  ],
  BAD_SCALAR_START: {
    message: 'text without quotes cannot begin with this character',
    next: 'put the text in "quotes"',
  },
  BAD_DQ_ESCAPE: {
    message: 'this escape does not exist in "double quotes"',
    next: "write \\\\ for a backslash, or use 'single quotes', where it is one",
  },
  UNEXPECTED_TOKEN: [
    [
      /block-seq-ind on same line/,
      {
        message: 'a list cannot begin on the line of its key',
        next: 'put the "-" on a line of its own, below the key',
      },
    ],
    [
      /Unexpected ,|empty item/,
      { message: 'there is nothing before this comma', next: 'take the comma out' },
    ],
    [
      /scalar at node end|map-value-ind/,
      {
        message: 'something follows a value that has ended',
        next: "put all of the value in quotes; inside 'single quotes' a quote is written twice",
      },
    ],
    [
      /Block scalar header/,
      {
        message: 'something follows the "|" or ">" on its line',
        next: 'begin the text on the next line, indented',
      },
    ],
    [
      /flow-(map|seq)-end|flow-error/,
      { message: 'a bracket is closed that was not opened', next: 'take it out, or open it' },
    ],
  ],
  BAD_ALIAS: {
    message: 'a "*" or "&" needs a name',
    next: 'text that begins with one of them goes in "quotes"',
  },
  BAD_DIRECTIVE: { message: 'lines that begin with "%" are not used here', next: 'take the line out' },
  KEY_OVER_1024_CHARS: {
    message: 'a key is longer than 1024 characters',
    next: 'check for a missing quote before it',
  },
  BLOCK_IN_FLOW: {
    message: 'inside brackets everything is written with brackets and commas',
    next: 'write the inner list as [a, b] and the inner map as {a: b}',
  },
};

/** An error of the parser in the words of a person. */
export function wording(code: ErrorCode, message: string): Wording {
  const found = byCode[code];
  if (found === undefined) return unknown;
  if ('message' in found) return found;
  return found.find(([pattern]) => pattern.test(message))?.[1] ?? unknown;
}
