import { plain } from './plain.ts';

/** `gear graph`: the drawing as it is, with nothing in it that a terminal would obey. */
export function printDrawing(text: string): string {
  return text.split('\n').map(plain).join('\n');
}
