import { ok, type Result } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { refuse } from './refuse.ts';

/**
 * Reads `--entrypoint`: one program, as Docker means it, or a JSON list of words, as Podman does too; the empty text
 * takes the image's away. VALUE_INVALID otherwise.
 */
export function parseEntrypoint(text: string): Result<readonly string[]> {
  if (text === '') return ok([]);
  if (text.includes('\0')) return refuse('VALUE_INVALID', 'the entrypoint holds a zero byte', 'take it away');
  if (!text.startsWith('[')) return ok([text]);
  const words = readJson(text);
  if (Array.isArray(words) && words.every((word): word is string => typeof word === 'string' && word !== ''))
    return ok(words);
  return refuse('VALUE_INVALID', `${quote(text)} is no list of words`, `write it as '["/bin/sh", "-c"]'`);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
