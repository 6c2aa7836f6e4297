import { err, ok, type Failure, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import type { SourceFile } from '../document.ts';
import { limits } from './limits.ts';
import { SourceText } from './source-text.ts';
import { firstInvalidByte, utf8Text } from './utf8.ts';

/** What YAML 1.2.2 §5.1 does not let a text hold, and DEL. A carriage return that is alone ends no line for us. */
// eslint-disable-next-line no-control-regex
const forbidden = /[\0-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/g;

/** The bytes of a file as text. DESCRIPTOR_UNREADABLE for what is no text file of a reasonable size. */
export function decode(file: SourceFile): Result<SourceText> {
  if ('problem' in file)
    return unreadable(
      file.path,
      `the file ${quote(file.path)} ${file.problem}`,
      file.next ?? 'give a file that can be read',
    );
  const { path, bytes } = file;
  if (bytes.length > limits.bytes)
    return unreadable(
      path,
      `the file has ${size(bytes.length)}; a descriptor has at most ${size(limits.bytes)}`,
      'split it into several apps, or mount large contents from files of their own',
    );
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff))
    return unreadable(path, 'the file is UTF-16, not UTF-8', `iconv -f UTF-16 -t UTF-8 ${path}`);
  const text = utf8Text(bytes);
  if (text === undefined) return notUtf8(path, bytes, firstInvalidByte(bytes) ?? 0);
  const source = new SourceText(path, text.replaceAll('\r\n', '\n'));
  const failures = controls(source);
  return failures.length > 0 ? err(...failures) : ok(source);
}

function unreadable(path: string, message: string, next: string): Result<never> {
  return err({ code: 'DESCRIPTOR_UNREADABLE', message, next, place: { source: path } });
}

function size(bytes: number): string {
  const mebibytes = bytes / 1_048_576;
  return mebibytes >= 0.1 ? `${Math.round(mebibytes * 10) / 10} MiB` : `${bytes} bytes`;
}

function notUtf8(path: string, bytes: Uint8Array, at: number): Result<never> {
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, at)).replaceAll('\r\n', '\n');
  const place = new SourceText(path, before).place(before.length);
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  return err({
    code: 'DESCRIPTOR_UNREADABLE',
    message: `the file is not UTF-8: byte 0x${byte} at offset ${at} begins no character`,
    next: 'save it as UTF-8; from Latin-1: iconv -f LATIN1 -t UTF-8',
    place,
  });
}

function controls(source: SourceText): readonly Failure[] {
  const failures: Failure[] = [];
  for (const { 0: character, index } of source.text.matchAll(forbidden)) {
    if (failures.length === limits.failures) break;
    const code = (character.codePointAt(0) ?? 0).toString(16).padStart(4, '0').toUpperCase();
    failures.push(
      source.failure(
        'DESCRIPTOR_SYNTAX',
        index,
        character === '\0' ? 'the file holds a zero byte' : `the file holds the control character U+${code}`,
        'take it out; inside "double quotes" write it as an escape such as \\t or \\x1b',
      ),
    );
  }
  return failures;
}
