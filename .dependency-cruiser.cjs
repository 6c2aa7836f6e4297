'use strict';
const { builtinModules } = require('node:module');

// A later stage may import an earlier one, never back. The model comes first: it is the words in which a descriptor, of
// whatever format, is understood.
const stages = ['model', 'descriptor', 'placement', 'render', 'plan'];

/** Libraries of the shipped bundle. All are devDependencies (docs/decisions/0001-bundle.md), so this list is the gate. */
const runtimeLibraries = {
  core: ['handlebars', 'zod', 'yaml', 'js-yaml', '@noble/hashes'],
  drivers: ['dbus-next', 'dockerode', 'docker-modem', 'chokidar'],
  cli: ['@oclif/core'],
};

/** Node's modules that reach the file system, other processes or the network. */
const effects = [
  'fs',
  'child_process',
  'cluster',
  'dgram',
  'dns',
  'http',
  'http2',
  'https',
  'net',
  'tls',
  'worker_threads',
];

const oneOf = (names) => names.map((name) => name.replaceAll('/', '\\/')).join('|');
const library = (names) => `(^|node_modules/)(@types/)?(${oneOf(names)})(/|$)`;
const builtin = (names) => `^(node:)?(${oneOf(names)})(/|$)`;

/** A folder of src and the only folders of src that it may import, beside itself and src/errors. */
const mayImport = (folder, allowed, comment) => ({
  name: `${folder}-imports`,
  severity: 'error',
  comment,
  from: { path: `^src/${folder}/` },
  to: { path: '^src/', pathNot: ['^src/errors/', `^src/${folder}/`, ...allowed] },
});

const stageOrder = stages.slice(0, -1).map((stage, index) => ({
  name: `core-${stage}-does-not-look-ahead`,
  severity: 'error',
  comment:
    `src/core/${stage} comes before what it imports here. Move what both need back into ${stage} or an earlier ` +
    'stage, or the importing code forward.',
  from: { path: `^src/core/${stage}/` },
  to: { path: `^src/core/(${stages.slice(index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'These files are one idea in two places. Merge them, or move what both need into a third.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      comment: 'Nothing is found at this path. Local imports end in .ts; libraries are in package.json.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'core-is-pure',
      severity: 'error',
      comment:
        'src/core must not reach Node or a driver, even through files of ours: the same input has to give the same ' +
        'plan. Read the fact in observe/ or a flow and hand it to the core as data.',
      from: { path: '^src/core/' },
      to: {
        path: [
          builtin(builtinModules.filter((name) => !name.startsWith('_'))),
          library(runtimeLibraries.drivers),
        ],
        reachable: true,
      },
    },
    {
      name: 'core-imports-core-only',
      severity: 'error',
      comment:
        'src/core imports src/core, src/errors and a few pure libraries. What it needs from elsewhere comes in as an ' +
        'argument; a new pure library is named in .dependency-cruiser.cjs.',
      from: { path: '^src/core/' },
      to: { pathNot: ['^src/(core|errors)/', library(runtimeLibraries.core)] },
    },
    ...stageOrder,
    {
      name: 'core-shared-knows-no-stage',
      severity: 'error',
      comment: `A folder of src/core beside the stages (${stages.join(', ')}) serves all of them, so it imports none.`,
      from: { path: '^src/core/', pathNot: `^src/core/(${stages.join('|')})/` },
      to: { path: `^src/core/(${stages.join('|')})/` },
    },
    mayImport('errors', [], 'Everything imports src/errors, so src/errors imports nothing of ours.'),
    mayImport(
      'ports',
      ['^src/core/'],
      'A port says what gear may ask of the world, in the words of src/core.',
    ),
    mayImport(
      'adapters',
      ['^src/(ports|core)/'],
      'An adapter answers a port and knows nobody who asks. What it should report, it returns or emits.',
    ),
    {
      name: 'adapters-behind-ports',
      severity: 'error',
      comment:
        'Only src/cli/context.ts, and the one of watch beside it, build adapters. Take the port as an argument, so that a test can hand over the ' +
        'one in memory.',
      from: { path: '^src/', pathNot: ['^src/adapters/', '^src/cli/(watch/)?context\\.ts$'] },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'drivers-only-in-adapters',
      severity: 'error',
      comment:
        'This library talks to the world. Ask through a port; its adapter in src/adapters imports the library.',
      from: { path: '^src/', pathNot: '^src/adapters/' },
      to: { path: library(runtimeLibraries.drivers) },
    },
    {
      name: 'effects-only-in-adapters',
      severity: 'error',
      comment: 'Files, processes and sockets belong to src/adapters, behind a port.',
      from: { path: '^src/', pathNot: '^src/adapters/' },
      to: { path: builtin(effects) },
    },
    mayImport(
      'observe',
      ['^src/(ports|core)/', '^src/report/events'],
      'Observing asks the ports and returns data. What to do with the answer is decided in src/core and joined in a flow.',
    ),
    mayImport(
      'apply',
      ['^src/(ports|core)/', '^src/report/events'],
      'Applying walks a plan and decides nothing. A fact that it lacks belongs into the plan.',
    ),
    mayImport(
      'flows',
      ['^src/(observe|apply|ports|core)/', '^src/report/(events|values)'],
      'A flow joins observe, core and apply. It emits events and never prints; adapters reach it as ports.',
    ),
    mayImport(
      'controller',
      ['^src/(flows|observe|apply|ports|core)/', '^src/report/(events|values)'],
      'The controller runs flows again and again. Who starts it, and who prints, is behind src/cli.',
    ),
    {
      name: 'controller-machine-is-pure',
      severity: 'error',
      comment:
        'The machine is a function of state, event and time, so that a test can play any schedule. What it should ' +
        'know comes in an event; what it wants done goes out as an action, and src/controller does it.',
      from: { path: '^src/controller/machine/' },
      to: { pathNot: '^src/(controller/machine|core/model|errors)/' },
    },
    mayImport(
      'report',
      ['^src/(core|ports)/'],
      'A reporter turns events and values into text. It asks nobody for more.',
    ),
    {
      name: 'cli-imports',
      severity: 'error',
      comment:
        'src/cli is the frame around the commands: flows, the controller, reporters. Only src/cli/context.ts, and ' +
        'the one of watch, go deeper, to build the adapters.',
      from: { path: '^src/cli/', pathNot: '^src/cli/(watch/)?context\\.ts$' },
      to: { path: '^src/(commands|observe|apply)/' },
    },
    {
      name: 'commands-are-thin',
      severity: 'error',
      comment:
        'A command declares its flags, calls one flow and returns its value. What two commands share is in src/cli ' +
        '(flags) or src/flows (work).',
      from: { path: '^src/commands/' },
      to: { path: '^src/', pathNot: '^src/(cli|flows|report|errors|core)/' },
    },
    {
      name: 'commands-see-core-as-types',
      severity: 'error',
      comment: 'A command may name a type of src/core; to compute with it is the work of a flow.',
      from: { path: '^src/commands/' },
      to: { path: '^src/core/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'cli-is-the-edge',
      severity: 'error',
      comment: 'Nothing inside knows of flags and commands. Pass the value that was parsed.',
      from: { path: '^src/', pathNot: '^src/(cli|commands)/' },
      to: { path: '^src/(cli|commands)/' },
    },
    {
      name: 'known-folders',
      severity: 'error',
      comment:
        'This folder is not in the flow of ARCHITECTURE.md, so no rule guards it. Put the file where it belongs.',
      from: {
        path: '^src/',
        pathNot: '^src/(commands|cli|flows|core|ports|adapters|observe|apply|controller|report|errors)/',
      },
      to: {},
    },
    {
      name: 'known-libraries',
      severity: 'error',
      comment:
        'What src imports is shipped. Name the library in .dependency-cruiser.cjs when it has earned its place.',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'],
        pathNot: library(Object.values(runtimeLibraries).flat()),
      },
    },
    {
      name: 'no-dep-on-test',
      severity: 'error',
      comment: 'What ships and what builds it stand without test/. Move what both need into src/.',
      from: { path: '^(src|bin|scripts)/' },
      to: { path: '^test/' },
    },
    {
      name: 'no-dep-on-scripts',
      severity: 'error',
      comment: 'scripts/ and bin/ are not in the bundle.',
      from: { path: '^src/' },
      to: { path: '^(scripts|bin)/' },
    },
  ],
  options: {
    // A library's own use of Node is its affair: handlebars names `fs` in a function that gear never calls.
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types'],
    },
  },
};
