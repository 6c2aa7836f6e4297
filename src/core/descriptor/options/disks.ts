import { ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { refuse } from '../refuse.ts';
import { wholeNumber } from './numbers.ts';
import { parseSize } from './sizes.ts';

type Reader = (text: string) => Result<string>;

const weight = wholeNumber('a weight of disk access', 10, 1000);
const operations = wholeNumber('a number of operations', 1, 1_000_000_000);

/** Reads /dev/NAME:10-1000. VALUE_INVALID otherwise. */
export const parseDiskWeight = ofDisk(weight, '/dev/sda:300');
/** Reads /dev/NAME:AMOUNT, bytes in a second. VALUE_INVALID otherwise. */
export const parseDiskBytes = ofDisk(parseSize, '/dev/sda:10m');
/** Reads /dev/NAME:NUMBER, operations in a second. VALUE_INVALID otherwise. */
export const parseDiskOperations = ofDisk(operations, '/dev/sda:1000');

function ofDisk(read: Reader, form: string): Reader {
  return (text) => {
    const [, device = '', amount = ''] = /^(\/dev\/[^\p{Cc}\s,:]+):([^:]+)$/u.exec(text) ?? [];
    if (device === '' || device.includes('..'))
      return refuse('VALUE_INVALID', `${quote(text)} is not a limit for a disk`, `write it as ${form}`);
    const value = read(amount);
    return value.ok ? ok(`${device}:${value.value}`) : value;
  };
}
