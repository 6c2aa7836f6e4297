import { expect, test } from 'vitest';
import { withAbsolutePaths } from '../../../src/core/descriptor/foreign/with-absolute-paths.ts';
import { convert } from '../../../src/flows/convert.ts';
import { drawGraphs } from '../../../src/flows/graph.ts';
import type { ForeignApp } from '../../../src/core/descriptor/foreign/foreign-app.ts';
import { ok, type Result } from '../../../src/errors/failure.ts';
import type { Event } from '../../../src/report/events.ts';
import { composeOf } from '../../support/compose.ts';
import { makeApp } from '../../support/app.ts';
import { valueOf } from '../core/descriptor/expectations.ts';

const text =
  'services:\n  web:\n    image: a\n    tty: true\n    pre_stop: [{command: x}]\n    restart: always\n';

const nowhere = { files: { writeInto: () => Promise.reject(new Error('nothing is written')) } };

async function* each(...apps: readonly ForeignApp[]): AsyncGenerator<Result<ForeignApp>> {
  for (const app of apps) yield await Promise.resolve(ok(app));
}

test('converting tells each key that is not kept, with its line, and a count of all', async () => {
  const events: Event[] = [];
  const app = valueOf(await composeOf(text));
  const context = { emit: (event: Event) => events.push(event), host: nowhere };
  const { refused, apps } = valueOf(await convert(context, { apps: each(app), strict: false, whole: true }));
  expect(refused).toBe(1);
  expect(apps[0]?.text).toContain('# tty: left out');
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
  const result = await convert(
    { emit: () => undefined, host: nowhere },
    { apps: each(valueOf(await composeOf(text))), strict: true, whole: true },
  );
  expect(
    result.ok
      ? []
      : result.failures.map(({ message, place }) => [message.split(' ', 1)[0], place?.line]).toSorted(),
  ).toEqual([
    ['services.web.pre_stop', 5],
    ['services.web.tty', 4],
  ]);
});

test('several apps are written into a folder, each under its name, and all or none', async () => {
  const written: string[] = [];
  const files = {
    writeInto: (out: string, all: Iterable<{ readonly path: string }>) => {
      written.push(...[...all].map(({ path }) => `${out}/${path}`));
      return Promise.resolve();
    },
  };
  const context = { emit: () => undefined, host: { files } };
  const named = async (name: string) => valueOf(await composeOf(`name: ${name}\n${text}`));
  const [one, two] = [await named('one'), await named('two')];
  valueOf(await convert(context, { apps: each(one, two), strict: false, whole: true, out: '/tmp/x' }));
  expect(written).toEqual(['/tmp/x/one.yaml', '/tmp/x/two.yaml']);
  const twice = await convert(context, { apps: each(one, one), strict: false, whole: true, out: '/tmp/x' });
  expect(twice.ok ? [] : twice.failures.map(({ code }) => code)).toEqual(['NAME_INVALID']);
  expect(written).toHaveLength(2);
});

test('a descriptor that is to lie elsewhere has absolute paths', async () => {
  const relative =
    'services:\n  web:\n    image: a\n    env_file: x.env\n    volumes: [./a:/a, data:/b, /c:/c]\nvolumes: {data: }\n';
  const app = withAbsolutePaths(valueOf(await composeOf(relative)), '/srv/shop');
  expect(app.document.value).toMatchObject({
    containers: { web: { env_file: ['/srv/shop/x.env'], volumes: ['/srv/shop/a:/a', 'data:/b', '/c:/c'] } },
  });
});

test('a graph is drawn of all apps, or of none', async () => {
  const apps = [makeApp('a', { web: {} })];
  const failure = { code: 'VALUE_INVALID', message: 'it is wrong', next: 'mend it' } as const;
  expect(await drawGraphs({ apps, failures: [failure] }, 'text')).toEqual({ ok: false, failures: [failure] });
  for (const format of ['text', 'mermaid', 'dot', 'svg'] as const)
    expect(valueOf(await drawGraphs({ apps, failures: [] }, format)).text).toContain('web');
});
