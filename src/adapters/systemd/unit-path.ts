/**
 * The D-Bus object path of a unit. As systemd's bus_label_escape: every byte outside [A-Za-z0-9], and a digit
 * in the first place, becomes `_` and two hex digits; the underscore itself too.
 */
export function unitPath(unit: string): string {
  return `/org/freedesktop/systemd1/unit/${escapeLabel(unit)}`;
}

function escapeLabel(text: string): string {
  if (text === '') return '_';
  return Array.from(Buffer.from(text), (byte, index) => {
    const character = String.fromCharCode(byte);
    const plain = index === 0 ? /[A-Za-z]/ : /[A-Za-z0-9]/;
    return plain.test(character) ? character : `_${byte.toString(16).padStart(2, '0')}`;
  }).join('');
}
