import { describe, expect, test } from 'vitest';
import { isCompose } from '../../../../../src/core/descriptor/compose/is-compose.ts';
import { composeOf } from '../../../../support/compose.ts';
import { valueOf } from '../expectations.ts';

async function valueOfText(text: string, place: Parameters<typeof composeOf>[1] = {}) {
  return valueOf(await composeOf(text, place)).document.value as {
    name: string;
    containers: Record<string, unknown>;
  };
}

async function failuresOf(text: string) {
  const result = await composeOf(text);
  return result.ok
    ? []
    : result.failures.map(
        ({ message, next, place }) => `${String(place?.line)}:${String(place?.column)} ${message} → ${next}`,
      );
}

test('a file is told by its keys: services are Compose’s, containers are gear’s', () => {
  const of = (value: unknown) => isCompose({ value });
  expect([
    of({ services: {} }),
    of({ containers: {}, services: {} }),
    of({ containers: {} }),
    of([]),
    of(null),
  ]).toEqual([true, false, false, false, false]);
});

describe('the name of a project', () => {
  test.each([
    ['its own', 'name: mine\nservices: {}', {}, 'mine'],
    [
      'that of COMPOSE_PROJECT_NAME',
      'services: {}',
      { variables: { COMPOSE_PROJECT_NAME: 'given' } },
      'given',
    ],
    [
      'that of COMPOSE_PROJECT_NAME before its own',
      'name: mine\nservices: {}',
      { variables: { COMPOSE_PROJECT_NAME: 'given' } },
      'given',
    ],
    ['the folder’s, as Compose spells it', 'services: {}', { directory: '/srv/_My Shop.2' }, 'myshop2'],
  ])('is %s', async (_, text, given, name) => {
    expect((await valueOfText(text, given)).name).toBe(name);
  });
});

test('a profile is active when COMPOSE_PROFILES names it', async () => {
  const text = 'services: {a: {image: a}, b: {image: b, profiles: [x]}}';
  expect(Object.keys((await valueOfText(text)).containers)).toEqual(['a']);
  const variables = { COMPOSE_PROFILES: 'y,x' };
  expect(Object.keys((await valueOfText(text, { variables })).containers)).toEqual(['a', 'b']);
});

describe('every mistake is told where it stands', () => {
  test.each([
    ['services: {web: {imge: a}}', '1:18 Compose has no key "imge" here → did you mean image?'],
    ['services: {web: {image: [a]}}', '1:25 "image" is a list, and has to be a text → write a text'],
    [
      'services: {web: {image: a, depends_on: [dab]}, db: {image: b}}',
      '1:41 there is no service "dab" in this file → did you mean db?',
    ],
    [
      'services: {web: {image: a, depends_on: [db]}, db: {image: b, profiles: [debug]}}',
      '1:41 the service "db" belongs to a profile that is not active → activate it: --profile debug, or COMPOSE_PROFILES',
    ],
    [
      'services: {web: {image: a, volumes: ["dta:/x"]}}\nvolumes: {data: }',
      '1:38 there is no volume "dta" in this file → did you mean data?',
    ],
    [
      'services: {web: {image: a, secrets: [pw]}}',
      '1:38 there is no secret "pw" in this file → declare it at the top level, under secrets',
    ],
    [
      'services: {web: {image: a, depends_on: {db: {condition: helthy}}}, db: {image: b}}',
      '1:57 "helthy" is not a condition → write service_started, service_healthy, service_completed_successfully',
    ],
    [
      'services: {a: {extends: b}, b: {extends: a}}',
      '1:42 "b" extends itself, by way of "a" → take one extends away',
    ],
    [
      'services: {a: {image: x, ports: ["80-90:1-2"]}}',
      '1:34 the two ranges have different lengths → write ranges of the same length',
    ],
    [
      'services: {A: {image: x}, a: {image: y}}',
      '1:27 "a" and "A" would both be called a → give one of them another name',
    ],
    [
      'services: {web: {image: x, mem_limit: 1g, deploy: {resources: {limits: {memory: 2g}}}}}',
      '1:39 mem_limit is 1g, and deploy.resources.limits.memory is 2g → write one of them',
    ],
    [
      'services: {web: {image: x, scale: 2, deploy: {replicas: 3}}}',
      '1:35 scale is 2, and deploy.replicas is 3 → write one of them',
    ],
    ['services: []', '1:11 "services" is a list, and has to be a map → write a map'],
  ])('%s', async (text, told) => {
    expect(await failuresOf(text)).toContain(told);
  });

  test('all of one file at once', async () => {
    const many = await failuresOf(
      'services: {a: {imge: x, ports: 1, user: [], restart: {}}, b: {volumes: [{type: odd, target: /x}]}}',
    );
    expect(many.length).toBeGreaterThanOrEqual(5);
  });

  test('without the line of a variable, whose value may be secret', async () => {
    const result = await composeOf('services:\n  a:\n    image: x\n    environment: {PASSWORD: [hunter2]}\n');
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

test('what is said twice may be said in two ways', async () => {
  const limits = '{resources: {limits: {memory: 1g, cpus: "2.0"}}, restart_policy: {condition: none}}';
  const text = `services: {web: {image: x, mem_limit: 1024m, cpus: 2, restart: always, deploy: ${limits}}}`;
  expect((await valueOfText(text)).containers['web']).toMatchObject({ memory: '1024m', restart: 'no' });
});

test('the places of the native form lead to the original', async () => {
  const app = valueOf(
    await composeOf('services:\n  web:\n    image: a\n    mem_limit: 1g\n    ports: ["80:80", "81:81"]\n'),
  );
  const lineOf = (...path: (string | number)[]) => app.document.place(path).line;
  expect([
    lineOf('containers', 'web', 'memory'),
    lineOf('containers', 'web', 'ports', 1),
    lineOf('containers', 'web'),
  ]).toEqual([4, 5, 3]);
});
