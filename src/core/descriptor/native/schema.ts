import * as z from 'zod/mini';
import { type RunOption, runOptions } from '../../model/run-options.ts';
import { list, map, struct, text, toggle, words } from './expect.ts';
import { envSchema, filesSchema, secretsSchema } from './data-schemas.ts';
import { engineSchema, networkSchema, volumeSchema } from './network-schemas.ts';
import {
  healthOrOff,
  initSchema,
  networkUseSchema,
  reloadSchema,
  restartSchema,
  systemdSchema,
} from './part-schemas.ts';
import { commandLine, oneOrMore, pairs } from './text-schemas.ts';

const optional = z.optional;

const related = (summary: string, example = '[db]') =>
  optional(oneOrMore('a container of the app, or a systemd unit', example.replace(/[[\]]/g, ''), summary));

const shape = {
  image: words({ what: 'an image', example: 'nginx:1.27', summary: 'The image' }),
  container_name: optional(
    words({
      what: 'a name',
      example: 'my-web',
      summary: "What the engine calls the container; else a name of gear's, which begins with ctr-",
    }),
  ),
  command: optional(commandLine("What it runs instead of the image's command", '[sleep, "3600"]')),
  entrypoint: optional(commandLine("What it runs instead of the image's entrypoint", '[/bin/sh, -c]')),
  count: optional(
    text({
      what: 'a number of copies',
      example: '3',
      summary: 'How many copies run; they are called NAME-1, NAME-2 …',
    }),
  ),
  ports: optional(
    list(
      {
        what: 'a list of ports',
        example: '["8080:80"]',
        summary:
          'Ports of the host: [IP:]HOST:CONTAINER[/udp]; copies share out a range, such as 8080-8082:80',
      },
      text({ what: 'ports as HOST:CONTAINER', example: '"8080:80"' }),
    ),
  ),
  env: optional(envSchema),
  env_file: optional(
    oneOrMore(
      'a path',
      './web.env',
      'Files of KEY=VALUE lines, as docker run reads them; env holds before them',
    ),
  ),
  secrets: optional(secretsSchema),
  files: optional(filesSchema),
  volumes: optional(
    list(
      {
        what: 'a list of volumes',
        example: '["data:/var/lib/data"]',
        summary: 'Named volumes, and paths of the host: SOURCE:/PATH[:ro,rw,z,Z,U]',
      },
      words({ what: 'a volume as SOURCE:/PATH', example: '"data:/var/lib/data"' }),
    ),
  ),
  tmpfs: optional(
    oneOrMore('a file system in memory as /PATH[:OPTIONS]', '"/tmp:size=64m"', 'File systems in memory'),
  ),
  networks: optional(networkUseSchema),
  network_mode: optional(
    words({
      what: 'host, none, bridge or container:NAME',
      example: 'host',
      summary: 'Instead of networks: host, none, bridge or container:NAME',
    }),
  ),
  health: optional(healthOrOff),
  restart: optional(restartSchema),
  memory: optional(
    text({ what: 'an amount of memory', example: '512m', summary: 'Limit of its memory, in b, k, m or g' }),
  ),
  cpus: optional(
    text({ what: 'a number of processors', example: '1.5', summary: 'Limit of its processor time' }),
  ),
  user: optional(
    text({ what: 'a user', example: '1000:1000', summary: "USER[:GROUP] instead of the image's" }),
  ),
  stop_timeout: optional(
    text({
      what: 'a duration',
      example: '30s',
      summary: 'Time it has to stop before it is killed; a bare number is seconds (10 by default)',
    }),
  ),
  after: related('Start after these: checked containers are ready, jobs have succeeded'),
  before: related('Start before these'),
  requires: related('Do not start without these; for a container this includes after'),
  wants: related('Start these too, and go on without them', '[cache]'),
  part_of: related('Stop and restart with these', '[db]'),
  conflicts: related('Stop these when it starts', '[apache2.service]'),
  schedule: optional(
    words({
      what: 'a time as OnCalendar or cron',
      example: '"*-*-* 03:00"',
      summary: 'Runs to its end at these times: systemd.time(7), or five fields of cron',
    }),
  ),
  job: optional(
    toggle({ what: 'true or false', example: 'true', summary: 'Runs to its end once, at apply and at boot' }),
  ),
  super: optional(
    toggle({
      what: 'true or false',
      example: 'true',
      summary: 'Lets it administer the host: privileged, in its namespaces, with / at /host',
    }),
  ),
  init: optional(initSchema),
  reload: optional(reloadSchema),
  systemd: optional(systemdSchema),
};

const optionShape: Readonly<Record<string, z.ZodMiniType>> = Object.fromEntries(
  runOptions.map((option) => [option.key, z.optional(optionSchema(option))]),
);

function optionSchema({ kind, map: isMap, summary, example }: RunOption): z.ZodMiniType {
  if (kind === 'switch') return toggle({ what: 'true or false', example: 'true', summary });
  if (kind === 'value') return text({ what: 'a text or a number', example, summary });
  const written = JSON.stringify(example);
  return isMap === true ? pairs(`[${written}]`, summary) : oneOrMore('a text', written, summary);
}

/** A container: what gear understands, and every option of the engines' (model/run-options.ts). */
export const containerSchema = struct(
  { what: 'a map with an image', example: '{image: "nginx:1.27"}' },
  // The options are read by their table, so their keys need no types.
  { ...optionShape, ...shape },
);

const beforeContainers = {
  name: optional(
    words({
      what: 'a name',
      example: 'shop',
      summary: "The app's name; else the file's, or its folder's for gear.yaml",
    }),
  ),
  engine: optional(engineSchema),
  hosts: optional(
    oneOrMore(
      'a host',
      'web1',
      'The host that runs the app, as --host names one; else where the command says',
    ),
  ),
};

const afterContainers = {
  networks: optional(
    map(
      {
        what: 'a map of networks',
        example: '{backend: {internal: true}}',
        summary: "Networks by name; `default` is the app's own",
      },
      networkSchema,
    ),
  ),
  volumes: optional(
    map(
      {
        what: 'a map of volumes',
        example: '{data: {external: true}}',
        summary: 'Named volumes with more to say than a name',
      },
      volumeSchema,
    ),
  ),
};

const appOf = <S extends z.ZodMiniType>(container: S) =>
  struct(
    { what: 'a map with containers', example: '{containers: {web: {image: "nginx:1.27"}}}' },
    {
      ...beforeContainers,
      containers: map(
        {
          what: 'a map of containers',
          example: '{web: {image: "nginx:1.27"}}',
          summary: 'The containers by name',
        },
        container,
      ),
      ...afterContainers,
    },
  );

/** A native descriptor. Keys that begin with `x-` are taken away before. */
export const appSchema = appOf(containerSchema);

/** What appSchema says of a descriptor whose containers have these keys at most; required ones are looked for anyway. */
export function appSchemaOf(keys: ReadonlySet<string>): typeof appSchema {
  const all = Object.entries<z.ZodMiniType>(containerSchema._zod.def.shape);
  const needed = all.filter(([key, { _zod }]) => keys.has(key) || _zod.optin === undefined);
  // A key that no container has is absent of what is read, as with the whole schema.
  const mask = Object.fromEntries(needed.map(([key]) => [key, true])) as Record<keyof ContainerInput, true>;
  return appOf(z.pick(containerSchema, mask));
}

export type AppInput = z.infer<typeof appSchema>;
export type ContainerInput = z.infer<typeof containerSchema>;
