const none = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const two =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]$/u;

/** How many columns of a terminal a character takes: marks none, East Asian characters and emoji two. */
export function displayWidth(character: string): number {
  if (character < '\u0300') return character.length;
  if (none.test(character)) return 0;
  return two.test(character) ? 2 : 1;
}
