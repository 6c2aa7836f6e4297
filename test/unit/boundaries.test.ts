import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseResult, type IConfiguration } from 'dependency-cruiser';
import { afterAll, beforeAll, expect, it } from 'vitest';

const root = path.join(import.meta.dirname, '..', '..');
const { forbidden = [], options } = createRequire(import.meta.url)(
  path.join(root, '.dependency-cruiser.cjs'),
) as IConfiguration;

/** Files that keep every rule: a path from a command to a driver, as ARCHITECTURE.md draws it. */
const clean = {
  'src/errors/codes.ts': 'export const codes = {};',
  'src/core/descriptor/parse.ts':
    "import { z } from 'zod'; import '../../errors/codes.ts'; export const p = z;",
  'src/core/plan/plan.ts': "import '../descriptor/parse.ts'; export type Plan = string;",
  'src/ports/files.ts': "import type { Plan } from '../core/plan/plan.ts'; export type F = Plan;",
  'src/adapters/files/local.ts': "import 'node:fs'; import 'dockerode'; import '../../ports/files.ts';",
  'src/report/events.ts': "import '../core/plan/plan.ts';",
  'src/observe/host.ts': "import '../ports/files.ts'; import '../report/events.ts';",
  'src/apply/execute.ts': "import '../ports/files.ts';",
  'src/flows/install.ts': "import '../observe/host.ts'; import '../apply/execute.ts';",
  'src/cli/context.ts': "import '../adapters/files/local.ts'; import '../flows/install.ts';",
  'src/cli/base-command.ts': "import './context.ts'; import '@oclif/core';",
  'src/commands/install.ts':
    "import '../cli/base-command.ts'; import type { Plan } from '../core/plan/plan.ts'; export type P = Plan;",
};

/** One file for each way to break a rule, and the rules that must say so. */
const planted: Record<string, { source: string; breaks: string[] }> = {
  'src/core/model/a.ts': { source: "import './b.ts';", breaks: ['no-circular'] },
  'src/core/model/b.ts': { source: "import './a.ts';", breaks: [] }, // a circle is told of once
  'src/flows/nowhere.ts': { source: "import './absent.ts';", breaks: ['no-unresolvable'] },
  'src/core/plan/reads.ts': {
    source: "import 'node:fs';",
    breaks: ['core-imports-core-only', 'core-is-pure', 'effects-only-in-adapters'],
  },
  'src/core/plan/hop-1.ts': { source: "import './hop-2.ts';", breaks: ['core-is-pure'] },
  'src/core/plan/hop-2.ts': { source: "import './hop-3.ts';", breaks: ['core-is-pure'] },
  'src/core/plan/hop-3.ts': {
    source: "import 'node:child_process';",
    breaks: ['core-imports-core-only', 'core-is-pure', 'effects-only-in-adapters'],
  },
  'src/core/render/asks.ts': {
    source: "import '../../report/events.ts';",
    breaks: ['core-imports-core-only'],
  },
  'src/core/descriptor/ahead.ts': {
    source: "import '../plan/plan.ts';",
    breaks: ['core-descriptor-does-not-look-ahead'],
  },
  'src/core/render/ahead.ts': {
    source: "import '../plan/plan.ts';",
    breaks: ['core-render-does-not-look-ahead'],
  },
  'src/controller/machine/asks.ts': {
    source: "import '../../flows/install.ts';",
    breaks: ['controller-machine-is-pure'],
  },
  'src/core/model/ahead.ts': {
    source: "import '../plan/plan.ts';",
    breaks: ['core-model-does-not-look-ahead'],
  },
  'src/core/placement/ahead.ts': {
    source: "import '../plan/plan.ts';",
    breaks: ['core-placement-does-not-look-ahead'],
  },
  'src/core/diagnostic/place.ts': {
    source: "import '../plan/plan.ts';",
    breaks: ['core-shared-knows-no-stage'],
  },
  'src/errors/late.ts': { source: "import '../core/plan/plan.ts';", breaks: ['errors-imports'] },
  'src/ports/late.ts': { source: "import '../flows/install.ts';", breaks: ['ports-imports'] },
  'src/adapters/late.ts': { source: "import '../report/events.ts';", breaks: ['adapters-imports'] },
  'src/observe/acts.ts': { source: "import '../apply/execute.ts';", breaks: ['observe-imports'] },
  'src/apply/asks.ts': { source: "import '../observe/host.ts';", breaks: ['apply-imports'] },
  'src/flows/builds.ts': {
    source: "import '../adapters/files/local.ts';",
    breaks: ['adapters-behind-ports', 'flows-imports'],
  },
  'src/flows/prints.ts': { source: "import '../report/text.ts';", breaks: ['flows-imports'] },
  'src/report/text.ts': { source: "import '../observe/host.ts';", breaks: ['report-imports'] },
  'src/controller/loop.ts': {
    source: "import '../cli/base-command.ts';",
    breaks: ['cli-is-the-edge', 'controller-imports'],
  },
  'src/cli/flags.ts': {
    source: "import '../adapters/files/local.ts'; import '../observe/host.ts';",
    breaks: ['adapters-behind-ports', 'cli-imports'],
  },
  'src/commands/thick.ts': {
    source:
      "import '../apply/execute.ts'; import './install.ts'; import { p } from '../core/descriptor/parse.ts'; p;",
    breaks: ['commands-are-thin', 'commands-see-core-as-types'],
  },
  'src/flows/drives.ts': { source: "import 'dbus-next';", breaks: ['drivers-only-in-adapters'] },
  'src/flows/spawns.ts': { source: "import 'node:child_process';", breaks: ['effects-only-in-adapters'] },
  'src/stuff/thing.ts': { source: "import '../errors/codes.ts';", breaks: ['known-folders'] },
  'src/adapters/bulky.ts': { source: "import 'esbuild';", breaks: ['known-libraries'] },
  'src/flows/tested.ts': {
    source: "import '../../test/fake.ts';",
    breaks: ['no-dep-on-test'],
  },
  'src/flows/built.ts': { source: "import '../../scripts/make.ts';", breaks: ['no-dep-on-scripts'] },
  'test/fake.ts': { source: 'export {};', breaks: [] },
  'scripts/make.ts': { source: 'export {};', breaks: [] },
};

let folder: string;
const broken = new Map<string, Set<string>>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'gear-boundaries-'));
  const files = { ...clean, ...Object.fromEntries(Object.entries(planted).map(([k, v]) => [k, v.source])) };
  for (const [name, source] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), source);
  }
  await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  await symlink(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  await symlink(path.join(root, 'tsconfig.json'), path.join(folder, 'tsconfig.json'));
  const result = await cruise(['src'], {
    ...options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden },
  });
  for (const { rule, from } of (result.output as ICruiseResult).summary.violations) {
    broken.set(from, (broken.get(from) ?? new Set()).add(rule.name));
  }
});

afterAll(() => rm(folder, { recursive: true }));

const rulesBrokenBy = (name: string) => [...(broken.get(name) ?? [])].sort();

it.each(Object.keys(clean))('%s keeps every rule', (name) => {
  expect(rulesBrokenBy(name)).toEqual([]);
});

it.each(Object.entries(planted))('%s is caught', (name, { breaks }) => {
  expect(rulesBrokenBy(name)).toEqual(breaks);
});

it('every rule has caught something', () => {
  const caught = new Set([...broken.values()].flatMap((rules) => [...rules]));
  expect(forbidden.map(({ name }) => name).filter((name) => !caught.has(String(name)))).toEqual([]);
});
