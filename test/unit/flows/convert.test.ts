import { expect, test } from 'vitest';
import { convert } from '../../../src/flows/convert.ts';
import { drawGraphs } from '../../../src/flows/graph.ts';
import type { Event } from '../../../src/report/events.ts';
import { composeOf } from '../../support/compose.ts';
import { makeApp } from '../../support/app.ts';
import { valueOf } from '../core/descriptor/expectations.ts';

const text =
  'services:\n  web:\n    image: a\n    tty: true\n    pre_stop: [{command: x}]\n    restart: always\n';

test('converting tells each key that is not kept, with its line, and a count of all', async () => {
  const events: Event[] = [];
  const app = valueOf(await composeOf(text));
  const { refused, text: yaml } = valueOf(await convert({ emit: (event) => events.push(event) }, app, false));
  expect(refused).toBe(1);
  expect(yaml).toContain('# tty: left out');
  expect(events).toHaveLength(3);
  expect(events).toContainEqual({
    type: 'warning',
    subject: 'services.web.pre_stop (line 5)',
    message: expect.stringMatching(/^refused: .+; .+/) as string,
  });
  expect(events).toContainEqual({
    type: 'notice',
    subject: 'services.web.tty (line 4)',
    message: expect.stringMatching(/^approximated: left out/) as string,
  });
  expect(events.at(-1)).toEqual({
    type: 'notice',
    subject: 'compose.yaml',
    message: '2 keys kept, 1 approximated, 1 refused',
  });
});

test('--strict refuses what is only approximated, each key with its place', async () => {
  const result = await convert({ emit: () => undefined }, valueOf(await composeOf(text)), true);
  expect(
    result.ok
      ? []
      : result.failures.map(({ message, place }) => [message.split(' ', 1)[0], place?.line]).toSorted(),
  ).toEqual([
    ['services.web.pre_stop', 5],
    ['services.web.tty', 4],
  ]);
});

test('a graph is drawn of all apps, or of none', async () => {
  const apps = [makeApp('a', { web: {} })];
  const failure = { code: 'VALUE_INVALID', message: 'it is wrong', next: 'mend it' } as const;
  expect(await drawGraphs({ apps, failures: [failure] }, 'text')).toEqual({ ok: false, failures: [failure] });
  for (const format of ['text', 'mermaid', 'dot', 'svg'] as const)
    expect(valueOf(await drawGraphs({ apps, failures: [] }, format)).text).toContain('web');
});
