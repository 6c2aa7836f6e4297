import { expect, test } from 'vitest';
import { unitPath } from '../../../../src/adapters/systemd/unit-path.ts';

const PREFIX = '/org/freedesktop/systemd1/unit/';

// The right-hand sides are what `busctl tree org.freedesktop.systemd1` and systemd's own tests show.
test.each([
  ['ctr-web.service', 'ctr_2dweb_2eservice'],
  ['ctr-shop.web-1.service', 'ctr_2dshop_2eweb_2d1_2eservice'],
  ['0web.service', '_30web_2eservice'],
  ['web0.service', 'web0_2eservice'],
  ['getty@tty1.service', 'getty_40tty1_2eservice'],
  [String.raw`gear-my\x2dshop.slice`, 'gear_2dmy_5cx2dshop_2eslice'],
  ['-.slice', '_2d_2eslice'],
  ['é.service', '_c3_a9_2eservice'],
  ['', '_'],
])('%j has the path %s', (unit, label) => {
  expect(unitPath(unit)).toBe(PREFIX + label);
});

test('underscore D-Bus path (1.3): "_" is escaped too, so that no two units share a path', () => {
  expect(unitPath('ctr-my_app.service')).toBe(`${PREFIX}ctr_2dmy_5fapp_2eservice`);
  expect(unitPath('a_2eb')).not.toBe(unitPath('a.b'));
});
