import { hashOf } from '../model/hash.ts';

const textLine = /^Environment=GEAR_TEXT=.*$/m;

/** The hash of a unit's text in which GEAR_TEXT is empty, whether or not it is filled in. */
export function unitTextHash(text: string): string {
  return hashOf(text.replace(textLine, 'Environment=GEAR_TEXT='));
}

/** The text with its own hash put in, and the hash; a text without the line stays as it is. */
export function withTextHash(text: string): { readonly text: string; readonly hash: string } {
  const hash = unitTextHash(text);
  return { text: text.replace(textLine, `Environment=GEAR_TEXT=${hash}`), hash };
}
