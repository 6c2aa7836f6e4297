/** Longest piece of somebody's text that a message repeats. */
const longest = 60;

/** What a terminal would act on instead of showing: controls, and marks that hide or reorder text. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escapeOne(character: string): string {
  const known = named[character];
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** The text with every character that cannot be seen, or that a terminal would act on, written as an escape. */
function escapeUnseen(text: string): string {
  return text.replace(unseen, escapeOne);
}

/** The text in quotes as a message shows it: nothing unseen, and cut when it is long. Not for secrets. */
export function quote(text: string): string {
  if (text.length <= longest) return `"${escapeUnseen(text)}"`;
  return `"${escapeUnseen(text.slice(0, longest - 20))}…" (${text.length} characters)`;
}
