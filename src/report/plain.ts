import { stripVTControlCharacters } from 'node:util';

/** What a terminal would obey instead of showing: controls, breaks of lines, marks that turn the direction of text. */
const obeyed = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;

/**
 * Text from a container, an image or a person, safe on a terminal: its colours and movements of the cursor are left out,
 * any other control character but tab is shown, not obeyed.
 */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(obeyed, (character) => {
    if (character === '\t') return character;
    const code = character.codePointAt(0) ?? 0;
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
  });
}
