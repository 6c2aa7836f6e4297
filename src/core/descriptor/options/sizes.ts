import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { refuse } from '../refuse.ts';

const unitBytes: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Bytes of an amount as both engines read it (`64m`, `1.5g`, a number alone is bytes), as digits. VALUE_INVALID otherwise. */
export function parseSize(text: string): Result<string> {
  const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?)(?:([bkmg])(?:i?b)?)?$/i.exec(text) ?? [];
  const bytes = Math.floor(Number(amount ?? Number.NaN) * (unitBytes[unit.toLowerCase()] ?? 1));
  if (Number.isSafeInteger(bytes) && bytes > 0) return ok(String(bytes));
  return refuse('VALUE_INVALID', `${quote(text)} is not an amount`, 'write it as 64m or 1g');
}

/** The same, with -1 for no limit. */
export function parseSizeOrUnlimited(text: string): Result<string> {
  if (text === '-1') return ok(text);
  const size = parseSize(text);
  if (size.ok) return size;
  return refuse(
    'VALUE_INVALID',
    `${quote(text)} is not an amount of memory and swap`,
    'write it as 1g, or -1 for no limit',
  );
}
