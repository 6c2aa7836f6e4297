import { lose, mapOf, textsOf, type WriterKey, textOf } from '../foreign/foreign-writer.ts';
import { asArguments, options } from './write-options.ts';
import { type ContainerWriting, kept, lost, near, plain, text, texts } from './writer-key.ts';

const hasNoTimes =
  'Quadlet has no times: the timer that starts it stands beside it as a comment, for /etc/systemd/system';

/** Keys of a container, and those of Quadlet that they become. */
export const quadletWriters: readonly WriterKey<ContainerWriting>[] = [
  text('image', 'Image'),
  text('container_name', 'ContainerName'),
  kept('command', 'Exec', ({ unit }, value) =>
    // A dollar sign would be a variable of the unit.
    unit.add(
      'Container',
      'Exec',
      textsOf(value)
        .map((word) => unit.word(word.replaceAll('%', '%%')))
        .join(' '),
    ),
  ),
  kept('entrypoint', 'Entrypoint', ({ unit }, value) =>
    unit.add('Container', 'Entrypoint', plain(JSON.stringify(textsOf(value)))),
  ),
  kept('ports', 'PublishPort', ({ unit }, value) => {
    for (const port of textsOf(value))
      unit.add('Container', 'PublishPort', port.replace(/^0:/, '').replace(/:0:/, '::'));
  }),
  kept('env', 'Environment, Secret', ({ unit }, value) => {
    for (const [key, item] of Object.entries(mapOf(value)))
      if (typeof item === 'object' && item !== null)
        unit.add('Container', 'Secret', `${textOf(mapOf(item)['secret'])},type=env,target=${key}`);
      // A reference is filled from where podman is called.
      else if (item === null || /^\$\{/.test(textOf(item))) unit.add('Container', 'Environment', key);
      else unit.add('Container', 'Environment', unit.word(plain(`${key}=${textOf(item)}`)));
  }),
  kept('secrets', 'Secret', ({ unit }, value) => {
    for (const item of value as readonly unknown[]) {
      const { name, file, mode } =
        typeof item === 'string' ? { name: item, file: undefined, mode: undefined } : mapOf(item);
      unit.add(
        'Container',
        'Secret',
        [
          name,
          ...(file === undefined ? [] : [`target=${textOf(file)}`]),
          ...(mode === undefined ? [] : [`mode=${textOf(mode)}`]),
        ]
          .map(textOf)
          .join(','),
      );
    }
  }),
  kept(
    'volumes',
    'Volume',
    ({ unit }, value) => {
      for (const mount of textsOf(value)) {
        const [source = '', ...rest] = plain(mount).split(':');
        unit.add(
          'Container',
          'Volume',
          [source.startsWith('/') ? source : `${source}.volume`, ...rest].join(':'),
        );
      }
    },
    'with a .volume file',
  ),
  texts('tmpfs', 'Tmpfs'),
  kept('read_only', 'ReadOnly', ({ unit }) => {
    unit.add('Container', 'ReadOnly', 'true');
    unit.add('Container', 'ReadOnlyTmpfs', 'false');
  }),
  kept(
    'networks',
    'Network',
    ({ unit }, value) => {
      const uses = Array.isArray(value)
        ? textsOf(value).map((name) => [name, {}] as const)
        : Object.entries(mapOf(value));
      for (const [name, use] of uses) unit.join(name, mapOf(use));
    },
    'with a .network file',
  ),
  kept('network_mode', 'Network', ({ unit, writing }, value) => {
    const [, own] = /^container:(.*)$/.exec(textOf(value)) ?? [];
    const isOwn = own !== undefined && Object.hasOwn(mapOf(writing.app['containers']), own);
    unit.add('Container', 'Network', isOwn ? `${own}.container` : textOf(value));
  }),
  kept('health', 'HealthCmd, HealthInterval …', ({ unit }, value) => {
    if (value === false) {
      unit.add('Container', 'HealthCmd', 'none');
      return;
    }
    const { cmd, interval, timeout, retries, start_period: start } = mapOf(value);
    if (cmd !== undefined)
      unit.add(
        'Container',
        'HealthCmd',
        Array.isArray(cmd) ? plain(JSON.stringify(['CMD', ...textsOf(cmd)])) : plain(textOf(cmd)),
      );
    for (const [key, item] of [
      ['HealthInterval', interval],
      ['HealthTimeout', timeout],
      ['HealthRetries', retries],
      ['HealthStartPeriod', start],
    ] as const)
      if (item !== undefined) unit.add('Container', key, textOf(item));
  }),
  text('memory', 'Memory'),
  kept('cpus', 'PodmanArgs', ({ unit }, value) =>
    unit.add('Container', 'PodmanArgs', `--cpus=${textOf(value)}`),
  ),
  kept('user', 'User, Group', ({ unit }, value) => {
    const [user = '', group] = textOf(value).split(':');
    unit.add('Container', 'User', user);
    if (group !== undefined) unit.add('Container', 'Group', group);
  }),
  kept('stop_timeout', 'StopTimeout', ({ unit, writing }, value) => {
    const seconds = secondsOf(textOf(value));
    if (seconds === undefined) lose(writing, 'stop_timeout', 'Quadlet has whole seconds');
    else unit.add('Container', 'StopTimeout', textOf(seconds));
  }),
  ...options,
  ...asArguments,
  kept('cgroup_parent', 'Slice', ({ unit }, value) => unit.add('Service', 'Slice', textOf(value))),
  kept('job', 'Type', ({ unit }) => {
    unit.add('Service', 'Type', 'oneshot');
    unit.add('Service', 'RemainAfterExit', 'yes');
  }),
  kept('restart', 'Restart, RestartSec', ({ unit }, value) => {
    const {
      policy,
      delay,
      max_delay: longest,
    } = typeof value === 'string' ? { policy: value, delay: undefined, max_delay: undefined } : mapOf(value);
    if (policy !== undefined) unit.add('Service', 'Restart', textOf(policy));
    if (delay !== undefined) unit.add('Service', 'RestartSec', textOf(delay));
    if (longest !== undefined) unit.add('Service', 'RestartMaxDelaySec', textOf(longest));
  }),
  ...(
    [
      ['after', 'After'],
      ['before', 'Before'],
      ['requires', 'Requires'],
      ['wants', 'Wants'],
      ['part_of', 'PartOf'],
      ['conflicts', 'Conflicts'],
    ] as const
  ).map(([name, to]) =>
    kept(name, to, ({ unit, writing }, value) => {
      const containers = mapOf(writing.app['containers']);
      for (const other of textsOf(value))
        unit.add('Unit', to, Object.hasOwn(containers, other) ? `${other}.container` : other);
    }),
  ),
  kept('systemd', '[Unit], [Service], [Install]', ({ unit }, value) => {
    for (const [section, directives] of Object.entries(mapOf(value)))
      for (const [key, item] of Object.entries(mapOf(directives)))
        for (const line of textsOf(item)) unit.add(section, key, line.replaceAll('$$', '$'));
  }),
  lost('count', 'Quadlet has no copies', 'make a template of it'),
  // Not RemainAfterExit=, with which the timer would find it active, and start it once.
  near('schedule', 'Type', hasNoTimes, ({ unit }) => unit.add('Service', 'Type', 'oneshot')),
  lost('init', 'Quadlet has no steps before a start', 'write ExecStartPre='),
  lost('files', 'Quadlet has no files of configuration', 'write them on the host, and mount them'),
  lost('reload', 'what it reloads are files of configuration', 'write ReloadCmd='),
];

function secondsOf(text: string): number | undefined {
  const [, minutes, seconds] = /^(?:(\d+)m)?(?:(\d+)s)?$/.exec(text) ?? [];
  return minutes === undefined && seconds === undefined
    ? undefined
    : Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}
