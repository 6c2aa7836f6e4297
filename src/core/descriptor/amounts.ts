import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { refuse } from './refuse.ts';

const unitBytes: Readonly<Record<string, number>> = { b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** The least that Docker accepts. */
const leastMemoryBytes = 6 * 1024 ** 2;

/** Bytes of an amount as `docker run --memory` takes it: `512m`, `1.5g`, a number alone is bytes. At least 6m. */
export function parseMemory(text: string): Result<number> {
  const [, amount, unit = 'b'] = /^(\d+(?:\.\d+)?)(?:([bkmg])(?:i?b)?)?$/i.exec(text) ?? [];
  if (amount === undefined)
    return refuse('VALUE_INVALID', `${quote(text)} is not an amount of memory`, 'write it as 512m or 2g');
  const bytes = Math.floor(Number(amount) * (unitBytes[unit.toLowerCase()] ?? 1));
  if (bytes === 0)
    return refuse('VALUE_INVALID', 'a memory limit of 0 limits nothing', 'leave it out for no limit');
  if (bytes < leastMemoryBytes)
    return refuse('VALUE_INVALID', `${quote(text)} is less than a container can run in`, 'give at least 6m');
  if (!Number.isSafeInteger(bytes))
    return refuse('VALUE_INVALID', `${quote(text)} is more than any host has`, 'write it as 512m or 2g');
  return ok(bytes);
}

/** A number of processors: a decimal of at least 0.01, which is the least that the kernel's quota can say. */
export function parseCpus(text: string): Result<number> {
  const cpus = /^(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(cpus))
    return refuse('VALUE_INVALID', `${quote(text)} is not a number of processors`, 'write it as 0.5 or 2');
  if (cpus < 0.01 || cpus > 8192)
    return refuse('VALUE_INVALID', `${quote(text)} processors cannot be given`, 'give 0.01 to 8192');
  return ok(cpus);
}

/** How often a health check may fail: 1 to 1000. */
export function parseRetries(text: string): Result<number> {
  const retries = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (retries < 1 || retries > 1000)
    return refuse('VALUE_INVALID', `${quote(text)} is not a number of tries`, 'give 1 to 1000');
  return ok(retries);
}
