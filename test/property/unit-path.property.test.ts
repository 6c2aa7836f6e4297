import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unitPath } from '../../src/adapters/systemd/unit-path.ts';

const PREFIX = '/org/freedesktop/systemd1/unit/';

/** systemd's bus_label_unescape. */
function unescapeLabel(label: string): string {
  if (label === '_') return '';
  const bytes = label.replace(/_([0-9a-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

const unitName = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[aZ09_.@:\\-]*$/));

test('every unit name has a valid object path from which it can be read back', () => {
  fc.assert(
    fc.property(unitName, (unit) => {
      const path = unitPath(unit);
      expect(path).toMatch(/^\/org\/freedesktop\/systemd1\/unit\/(?:_|[A-Za-z_][A-Za-z0-9_]*)$/);
      expect(unescapeLabel(path.slice(PREFIX.length))).toBe(unit);
    }),
  );
});
