import { expect, test } from 'vitest';
import { readTriggers } from '../../../../../src/core/descriptor/quadlet/triggers.ts';

test('what starts each unit is read, and nothing for one that nothing starts', () => {
  const text =
    'Id=backup.service\nTriggeredBy=backup.timer backup.path\n\nTriggeredBy=\nId=web.service\n\nId=db.service\n';
  expect([...readTriggers(text)]).toEqual([
    ['backup.service', ['backup.timer', 'backup.path']],
    ['web.service', []],
    ['db.service', []],
  ]);
});

test('of no answer nothing is read', () => {
  expect([...readTriggers('')]).toEqual([]);
});
