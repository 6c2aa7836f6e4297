import * as z from 'zod/mini';
import { either, list, map, off, orNothing, struct, text, words } from './expect.ts';
import { commandLine } from './text-schemas.ts';

const optional = z.optional;

const healthSchema = struct(
  { what: 'a map, or false for no check', example: '{cmd: wget -qO- http://127.0.0.1/, interval: 10s}' },
  {
    cmd: optional(
      commandLine(
        'Succeeds in the container when it is healthy; a line is run by its shell',
        'wget -qO- http://127.0.0.1/',
      ),
    ),
    interval: optional(text({ what: 'a duration', example: '10s', summary: 'Time between two checks' })),
    timeout: optional(
      text({ what: 'a duration', example: '5s', summary: 'Time after which a check has failed' }),
    ),
    retries: optional(
      text({ what: 'a number', example: '3', summary: 'Failed checks in a row that make it unhealthy' }),
    ),
    start_period: optional(
      text({
        what: 'a duration',
        example: '30s',
        summary: 'Time after the start in which failed checks do not count',
      }),
    ),
  },
);

const healthNote = {
  what: 'a map, or false for no check',
  example: '{cmd: wget -qO- http://127.0.0.1/, interval: 10s}',
  summary: "The health check; false switches the image's off",
};
export const healthOrOff = either(healthNote, [healthSchema, off()]);

const restartNote = {
  what: 'a policy, or a map with it',
  example: 'on-failure',
  summary: 'When systemd starts it again: always (the default), on-failure or no',
};
export const restartSchema = either(restartNote, [
  words(restartNote),
  // YAML 1.1 reads `no` as false, and so do people.
  off(),
  struct(
    { what: 'a map with policy, delay and max_delay', example: '{policy: always, delay: 2s, max_delay: 1m}' },
    {
      policy: optional(
        either({ what: 'always, on-failure or no', example: 'always', summary: 'When it is started again' }, [
          z.string(),
          off(),
        ]),
      ),
      delay: optional(text({ what: 'a duration', example: '2s', summary: 'Time before the first restart' })),
      max_delay: optional(
        text({ what: 'a duration', example: '1m', summary: 'The longest time that the delay grows to' }),
      ),
    },
  ),
]);

export const networkUseSchema = (() => {
  const note = {
    what: 'a list of names, or a map',
    example: '[backend]',
    summary: "Networks that it joins, with its name as alias; else the app's own",
  };
  const use = orNothing(
    { what: 'a map, or nothing', example: '{aliases: [db]}' },
    struct(
      { what: 'a map, or nothing', example: '{aliases: [db]}' },
      {
        aliases: optional(
          list(
            { what: 'a list of names', example: '[db]', summary: 'Further names there' },
            words({ what: 'a name', example: 'db' }),
          ),
        ),
        ip: optional(words({ what: 'an IPv4 address', example: '10.5.0.10', summary: 'Its IPv4 address' })),
        ip6: optional(words({ what: 'an IPv6 address', example: '"fd00::10"', summary: 'Its IPv6 address' })),
      },
    ),
  );
  return either(note, [
    list(note, words({ what: 'the name of a network', example: 'backend' })),
    map(note, use),
  ]);
})();

export const initSchema = list(
  {
    what: 'a list of steps',
    example: '[{command: [migrate, --all]}]',
    summary: 'Containers that run to their end before each start, with its environment, mounts and networks',
  },
  struct(
    { what: 'a map with image, command, entrypoint or user', example: '{command: [migrate, --all]}' },
    {
      image: optional(
        words({ what: 'an image', example: 'busybox:1', summary: "The image; else the container's" }),
      ),
      command: optional(commandLine('Its command', '[migrate, --all]')),
      entrypoint: optional(commandLine('Its entrypoint', '[/bin/sh, -c]')),
      user: optional(text({ what: 'a user', example: '1000', summary: 'Its user' })),
    },
  ),
);

export const reloadSchema = struct(
  {
    what: 'a map with signal or exec',
    example: '{signal: HUP}',
    summary: 'How it rereads its files, so that it does not start anew when they change',
  },
  {
    signal: optional(words({ what: 'a signal', example: 'HUP', summary: 'Signal to its process' })),
    exec: optional(commandLine('Command in the container', '[nginx, -s, reload]')),
  },
);

export const systemdSchema = (() => {
  const value = either({ what: 'a text, or a list of them', example: '30s' }, [
    z.string(),
    z.number(),
    z.boolean(),
    list(
      { what: 'a text, or a list of them', example: '[a, b]' },
      either({ what: 'a text', example: '30s' }, [z.string(), z.number(), z.boolean()]),
    ),
  ]);
  const section = (name: string) =>
    optional(
      map(
        { what: 'a map of directives', example: '{Nice: 5}', summary: `Directives of the section [${name}]` },
        value,
      ),
    );
  return struct(
    {
      what: 'a map with Unit, Service and Install',
      example: '{Service: {Nice: 5}}',
      summary: 'Any directive of systemd; a list gives it several times',
    },
    { Unit: section('Unit'), Service: section('Service'), Install: section('Install') },
  );
})();
