import { err, ok, type Failure, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';

const longestName = 63;
const rule = 'use 1 to 63 of a-z, 0-9, "-" and "_", starting with a letter or digit';

/** The mistakes that a name can hold, the most telling first: how each is recognised, and what is said about it. */
const mistakes: readonly {
  readonly found: (name: string) => boolean;
  readonly says: string;
  readonly next: (name: string) => string;
}[] = [
  { found: (name) => name === '', says: 'is empty', next: () => rule },
  {
    found: (name) => name.length > longestName,
    says: `is longer than ${longestName} characters`,
    next: () => 'give a shorter name',
  },
  {
    found: (name) => /[\p{Cc}\p{Cf}]/u.test(name),
    says: 'holds characters that cannot be seen',
    next: () => rule,
  },
  {
    found: (name) => name.startsWith('.'),
    says: 'starts with a dot: names become parts of paths',
    next: suggest,
  },
  {
    found: (name) => /^[a-z0-9_-]+(\.[a-z0-9_-]+)+$/i.test(name),
    says: 'holds a dot, which separates an app from its container',
    next: suggest,
  },
  { found: (name) => name.startsWith('-'), says: 'starts with "-", as flags do', next: suggest },
  { found: (name) => name.startsWith('_'), says: 'starts with "_"', next: suggest },
  {
    found: (name) => name.includes('@'),
    says: 'holds "@", which systemd reads as an instance of a template unit',
    next: suggest,
  },
  { found: (name) => name.includes('%'), says: 'holds "%", which systemd expands in units', next: suggest },
  {
    found: (name) => /^[a-z0-9._-]*[/:][a-z0-9./:_-]*$/i.test(name),
    says: 'looks like an image',
    next: () => 'the image comes first, then the names: gear install IMAGE NAME',
  },
  { found: (name) => /[A-Z]/.test(name), says: 'holds upper-case letters', next: suggest },
  { found: (name) => !/^[a-z0-9_-]*$/.test(name), says: 'holds characters that names cannot', next: suggest },
  {
    found: (name) => name.endsWith('-ready'),
    says: 'ends in "-ready": the unit ctr-X-ready.service tells when the container X is ready',
    next: () => 'choose another ending',
  },
];

/** The nearest name that may be used, or the rule where there is none. */
function suggest(name: string): string {
  const near = name
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '')
    .slice(0, longestName);
  return near === '' || near.endsWith('-ready') ? rule : `use ${quote(near)} instead`;
}

/**
 * The name itself when it may be the name of an app or container: names become parts of unit names, paths and
 * container names. NAME_INVALID otherwise, saying what about it cannot be.
 */
export function checkName(name: string): Result<string> {
  const mistake = mistakes.find(({ found }) => found(name));
  if (mistake === undefined) return ok(name);
  const failure: Failure = {
    code: 'NAME_INVALID',
    message: name === '' ? 'the name is empty' : `the name ${quote(name)} ${mistake.says}`,
    next: mistake.next(name),
  };
  return err(failure);
}
