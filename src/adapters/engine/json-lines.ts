import { StringDecoder } from 'node:string_decoder';
import { parseJson } from './json.ts';

/** A line longer than this is no progress; keeping it would only take memory. */
const longestLine = 1024 * 1024;

/**
 * The JSON values of a stream with one a line, however it is cut into pieces. A line that is not JSON is left out: what
 * a pull came to is told by its error item and by the image itself. Rejects as the stream does.
 */
export async function* jsonLines(stream: AsyncIterable<string | Uint8Array>): AsyncGenerator {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const piece of stream) {
    const lines = (rest + (typeof piece === 'string' ? piece : decoder.write(Buffer.from(piece)))).split(
      '\n',
    );
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) rest = '';
    yield* lines.map(parseJson).filter((value) => value !== undefined);
  }
  const last = parseJson(rest);
  if (last !== undefined) yield last;
}
