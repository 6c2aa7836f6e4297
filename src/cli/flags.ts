import { Flags } from '@oclif/core';
import type { FlagInput } from '@oclif/core/interfaces';
import type { InstallFlag } from '../core/descriptor/install-flag.ts';
import { installFlags } from '../core/descriptor/install-flags.ts';
import { setFlags } from '../core/descriptor/parse-set.ts';

/** The flags of the table as oclif declares them: one value each, repeatable ones collected. Parsing stays in core. */
function tableFlags(table: readonly InstallFlag[]): FlagInput {
  return Object.fromEntries(table.map((flag) => [flag.name, oclifFlag(flag)]));
}

function oclifFlag(flag: InstallFlag): FlagInput[string] {
  const names = {
    ...(flag.short === undefined ? {} : { char: flag.short as 'p' }),
    ...(flag.aliases === undefined ? {} : { aliases: [...flag.aliases] }),
    helpGroup: flag.group,
  };
  if (flag.value === undefined) return Flags.boolean({ description: flag.summary, ...names });
  const description = `${flag.summary}, e.g. ${flag.example}`;
  const described = { description, helpValue: flag.value, ...names };
  return flag.repeatable
    ? Flags.string({ ...described, multiple: true, multipleNonGreedy: true })
    : Flags.string(described);
}

/** Waiting, for every command that starts something. */
export const waitFlags = {
  'no-wait': Flags.boolean({
    description: 'Return as soon as the work is queued, without waiting for readiness',
  }),
  timeout: Flags.string({
    description: 'How long to wait for containers to run and to be ready, e.g. 90s or 10m',
    helpValue: 'DURATION',
    default: '5m',
  }),
};

/** Where an image comes from, as in `docker run`. */
export const pullFlag = Flags.string({
  description: 'When to fetch the image',
  options: ['missing', 'always', 'never'],
  default: 'missing',
});

/** How a container is to be: every flag of the table. */
export const containerFlags = tableFlags(installFlags);

/** What cannot be said of a container that nobody keeps: its life, and its place among others. */
const ofKept: ReadonlySet<string> = new Set(['restart', 'restart-sec', 'job', 'schedule']);

/** The flags of a container that runs once. */
export const onceFlags = tableFlags(
  installFlags.filter(
    ({ name, group }) => (!['HEALTH', 'SYSTEMD'].includes(group) && !ofKept.has(name)) || name === 'slice',
  ),
);

/** Where variables come from beside words. */
export const environmentFlags = tableFlags(
  installFlags.filter(({ name }) => ['env-file', 'secret'].includes(name)),
);

/** The same for what is installed: the table, and what only a change can say. */
export const changeFlags = {
  ...tableFlags(setFlags),
  'unset-env': Flags.string({
    description: 'Take a variable away, e.g. TRACE',
    helpValue: 'KEY',
    multiple: true,
    multipleNonGreedy: true,
  }),
  reset: Flags.string({
    description: 'Make it as if this flag had never been given, e.g. memory; or command',
    helpValue: 'FLAG',
    multiple: true,
    multipleNonGreedy: true,
  }),
};

/** What only install says: of where a container comes from, and whether it begins. */
export const installOnlyFlags = {
  engine: Flags.option({
    options: ['docker', 'podman'] as const,
    description: 'Engine to run it; else the one it has, else Docker before Podman',
  })(),
  pull: pullFlag,
  'from-run': Flags.string({
    description:
      'Read image, flags and command from a line of docker run or podman run; nothing of it is run',
    helpValue: 'LINE',
  }),
  'no-start': Flags.boolean({ description: 'Install stopped; gear start begins' }),
};
