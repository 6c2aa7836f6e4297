import { describe, expect, test } from 'vitest';
import { customTemplate } from '../../../../../src/core/render/custom/custom-template.ts';
import { missingLines } from '../../../../../src/core/render/custom/required-lines.ts';
import {
  sampleDependencies,
  sampleInstances,
  sampleTarget,
  sampleViews,
} from '../../../../../src/core/render/custom/samples.ts';
import { templateLine } from '../../../../../src/core/render/custom/template-line.ts';
import { withCustomTemplates } from '../../../../../src/core/render/custom/templates.ts';
import { viewFields } from '../../../../../src/core/render/custom/view-fields.ts';
import { renderInstance } from '../../../../../src/core/render/render.ts';
import { templateTexts } from '../../../../../src/core/render/shipped-texts.ts';
import { templateNames } from '../../../../../src/core/render/shipped.ts';
import type { Failure } from '../../../../../src/errors/failure.ts';

const docker = 'container-docker.service.hbs';

function failuresOf(text: string): readonly Failure[] {
  const result = withCustomTemplates([{ name: docker, source: 'my.hbs', text }]);
  return result.ok ? [] : result.failures;
}

function renderedWith(text: string, sample = 0) {
  const templates = withCustomTemplates([{ name: docker, source: 'my.hbs', text }]);
  const instance = sampleInstances('docker')[sample];
  if (!templates.ok || instance === undefined) throw new Error(JSON.stringify(templates));
  const context = { dependencies: sampleDependencies, templates: templates.value };
  return renderInstance(instance, sampleTarget('docker', 257), context);
}

describe('a template of the user', () => {
  test('that reads as the shipped one renders the same units, for every kind of container', () => {
    const custom = templateNames.map((name) => ({ name, source: name, text: templateTexts[name] }));
    const templates = withCustomTemplates(custom);
    if (!templates.ok) throw new Error(JSON.stringify(templates.failures));
    for (const engine of ['docker', 'podman'] as const)
      for (const instance of sampleInstances(engine)) {
        const target = sampleTarget(engine, 257);
        const given = { dependencies: sampleDependencies };
        expect(renderInstance(instance, target, { ...given, templates: templates.value })).toEqual(
          renderInstance(instance, target, given),
        );
      }
  });

  test('may add lines and change those that supervision does not stand on', () => {
    const text = templateTexts[docker]
      .replace('StartLimitIntervalSec=0', 'StartLimitIntervalSec=0\nOnFailure=alert@%n.service')
      .replace('RestartSec={{text restartTiming.first}}', 'RestartSec=9s');
    const rendered = renderedWith(text);
    if (!rendered.ok) throw new Error(JSON.stringify(rendered.failures));
    expect(rendered.value[0]?.text).toContain('\nOnFailure=alert@%n.service\n');
    expect(rendered.value[0]?.text).toContain('\nRestartSec=9s\n');
  });

  test.each([
    ['leaves out', (text: string) => text.replace('ExecStartPost={{command runningGate}}\n', '')],
    ['changes', (text: string) => text.replace('KillMode=mixed', 'KillMode=none')],
    ['overrides', (text: string) => text.replace('KillMode=mixed', 'KillMode=mixed\nKillMode=none')],
    [
      'empties a list with',
      (text: string) => text.replace('KillMode=mixed', 'ExecStartPre=\nKillMode=mixed'),
    ],
    ['hides in a comment', (text: string) => text.replace('Type=exec', '#Type=exec')],
    ['leaves out the hash with', (text: string) => text.replace('Environment=GEAR_TEXT=\n', '')],
  ])('is refused where it %s a line that supervision stands on', (_, change) => {
    const rendered = renderedWith(change(templateTexts[docker]), 1);
    expect(rendered).toMatchObject({
      ok: false,
      failures: [{ code: 'TEMPLATE_INVALID', place: { source: 'my.hbs' } }],
    });
  });

  test('is told its line where it writes a field that is empty for this container', () => {
    const rendered = renderedWith(
      templateTexts[docker].replace('{{#if environmentFile}}\n', '{{#if unit}}\n'),
      1,
    );
    expect(rendered).toMatchObject({
      ok: false,
      failures: [{ place: { source: 'my.hbs', text: 'EnvironmentFile={{text environmentFile}}' } }],
    });
  });
});

describe('a mistake in a template has its place and what to write', () => {
  test.each([
    [
      '[Unit]\nDescription={{text desciption}}\n',
      2,
      'there is no field "desciption"',
      'did you mean description?',
    ],
    [
      '{{#each wants}}\nWants={{text unit}}\n{{/each}}',
      2,
      'there is no field "unit"',
      'one level up: ../unit',
    ],
    ['\n\nDescription={{description}}', 3, 'needs a helper', '{{text description}}'],
    ['ExecStart={{text startCommand}}', 1, 'cannot write "startCommand"', '{{command FIELD}}'],
    ['ExecStart={{comand startCommand}}', 1, 'no helper "comand"', 'did you mean command?'],
    ['{{#if oneShot}}\nType=oneshot', 2, 'a block is not closed', 'template show'],
    ['a\n{{#if oneShot}}\n{{/each}}', 2, 'does not match', 'template show'],
    ['a\n{{text }', 2, 'cannot be read', 'template show'],
    ['{{#each restart}}{{/each}}', 1, 'no list', '{{#if restart}}'],
    ['{{assignment instance}}', 1, 'takes two values', '{{assignment FIELD FIELD}}'],
  ])('%j', (text, line, message, next) => {
    const [failure] = failuresOf(text);
    expect(failure?.place).toMatchObject({ source: 'my.hbs', line });
    expect(failure?.message).toContain(message);
    expect(failure?.next).toContain(next);
  });
});

describe('a template runs no code', () => {
  test.each([
    '{{> partial}}',
    '{{#> layout}}{{/layout}}',
    '{{#*inline "x"}}{{/inline}}',
    '{{* decorator}}',
    '{{text (lookup this "constructor")}}',
    '{{lookup this "constructor"}}',
    '{{log unit}}',
    '{{#with unit}}{{constructor}}{{/with}}',
    '{{text constructor}}',
    '{{text __proto__}}',
    '{{text unit.constructor.name}}',
    '{{text wants.length}}',
    '{{text this.__defineGetter__}}',
    '{{text @root.unit}}',
    '{{text unit as="x"}}',
    '{{#each wants as |x|}}{{text x}}{{/each}}',
    '{{#constructor}}{{/constructor}}',
    '{{text ../../unit}}',
    '{{{description}}}',
    '{{&description}}',
  ])('%s is refused', (text) => {
    expect(failuresOf(text)).toMatchObject([
      { code: 'TEMPLATE_INVALID', place: { source: 'my.hbs', line: 1 } },
    ]);
  });

  test('nor can blocks multiply without end', () => {
    const text = `${'{{#if unit}}'.repeat(9)}${'{{/if}}'.repeat(9)}`;
    expect(failuresOf(text)[0]?.message).toContain('nested too deeply');
  });
});

describe('the documented view', () => {
  test('has just the fields of the views that gear makes', () => {
    const views = sampleViews();
    for (const name of templateNames)
      expect(Object.keys(viewFields[name]).toSorted()).toEqual(Object.keys(views[name]).toSorted());
  });
});

describe('a file', () => {
  test('with a name that is none of a template is refused, with the nearest', () => {
    expect(customTemplate('/t/container-dokcer.service.hbs', new Uint8Array())).toMatchObject({
      failures: [
        {
          next: 'did you mean container-docker.service.hbs?',
          place: { source: '/t/container-dokcer.service.hbs' },
        },
      ],
    });
  });

  test.each([
    ['is not UTF-8', new Uint8Array([0xff, 0xfe])],
    ['is too large', new Uint8Array(262_145)],
  ])('that %s is refused', (_, content) => {
    expect(customTemplate(`/t/${docker}`, content)).toMatchObject({
      ok: false,
      failures: [{ code: 'TEMPLATE_INVALID' }],
    });
  });
});

test('what is kept is compared directive by directive, over several lines too', () => {
  const shipped = '[Service]\nExecStart=/bin/a \\\n  --b\nType=exec\n';
  expect(missingLines(shipped, '[Service]\nExecStart=/bin/a --b\nType=exec\n')).toEqual([]);
  expect(missingLines(shipped, '[Unit]\nExecStart=/bin/a --b\nType=exec\n')).toHaveLength(2);
});

test('a line of a unit is led back to the line of the template that it came from, where only one can be', () => {
  const template = 'Wants=docker.service\nWants={{text this}}\n{{directive name value}}\nA={{x}}-{{y}}\n';
  expect(templateLine(template, 'Wants=docker.service')).toBe(1);
  expect(templateLine(template, 'Wants=a.service')).toBe(2);
  expect(templateLine(template, 'A=1-2')).toBe(4);
  expect(templateLine(template, 'A=12')).toBeNull();
  expect(templateLine(template, 'LimitCORE=0')).toBeNull();
});
