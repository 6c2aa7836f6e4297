import { type Path } from '../document.ts';
import { jsonWords } from './process-keys.ts';
import { kept, leftOut, near, nearAll, type QuadletKey, refused, toggleOf, wordsOf } from './key.ts';
import { shareNetwork } from './network-keys.ts';
import { podmanArguments } from './podman-arguments.ts';
import type { QuadletContainer } from './quadlet-container.ts';

/** A part of the health check. */
function health(name: string, key: string): QuadletKey {
  return kept(name, 'health', (container, { text, path }) => {
    if (text === 'disable') container.approximate(path, 'the usual interval: gear asks in any case');
    else putHealth(container, key, text, path);
  });
}

function putHealth(container: QuadletContainer, key: string, value: unknown, path: Path): void {
  const before = container.native['health'];
  if (before === false) return;
  container.set('health', { ...(before as object | undefined), [key]: value }, path);
  container.reader.places.set(['containers', container.container, 'health', key], path);
}

const startup = 'left out: gear waits for the first success of the health check';
const keptLog = 'left out: the journal has what the check says';

/** When a container is healthy, how it is told to reload, and what else Podman does for it. */
export const lifeKeys: readonly QuadletKey[] = [
  kept('HealthCmd', 'health', (container, value) => {
    const { text } = value;
    if (text === 'none') container.set('health', false, value.path);
    else {
      const [kind, ...words] = jsonWords(text) ?? [];
      const command =
        kind === 'CMD'
          ? words
          : kind === 'CMD-SHELL'
            ? words.join(' ')
            : kind === undefined
              ? text
              : [kind, ...words];
      putHealth(container, 'cmd', command, value.path);
    }
  }),
  health('HealthInterval', 'interval'),
  health('HealthRetries', 'retries'),
  health('HealthStartPeriod', 'start_period'),
  health('HealthTimeout', 'timeout'),
  leftOut('HealthOnFailure', 'left out: gear status shows it, and gear watch starts it again', ['none']),
  ...[
    'HealthStartupCmd',
    'HealthStartupInterval',
    'HealthStartupRetries',
    'HealthStartupSuccess',
    'HealthStartupTimeout',
  ].map((name) => leftOut(name, startup)),
  ...['HealthLogDestination', 'HealthMaxLogCount', 'HealthMaxLogSize'].map((name) => leftOut(name, keptLog)),
  near(
    'Notify',
    '',
    'healthy is what gear does with a health check; of true, gear waits until it runs',
    (container, value) => {
      if (value.text !== 'healthy' && toggleOf(container, value) === true)
        container.approximate(value.path, 'left out: gear waits until it runs, and for its health check');
    },
  ),
  ...(['ReloadCmd', 'ReloadSignal'] as const).map((name) =>
    near(
      name,
      'reload',
      'where it has files of gear; else left out: there is nothing to reload',
      (container, { path }) =>
        container.approximate(
          path,
          'left out: gear reloads a container whose files of configuration changed',
        ),
    ),
  ),
  leftOut('Pull', 'left out: gear apply --pull says when images are fetched', ['missing']),
  leftOut('Retry', 'left out: gear tells of an image that cannot be fetched before it changes anything'),
  leftOut('RetryDelay', 'left out: gear tells of an image that cannot be fetched before it changes anything'),
  leftOut('AutoUpdate', 'left out: gear apply --pull always takes a newer image'),
  kept(
    'Pod',
    'network_mode',
    (container, value) => {
      const pod = container.filled(value);
      if (container.other(pod, value) === undefined) return;
      const holder = container.all.holders.get(pod);
      if (holder !== undefined && holder !== container.container) shareNetwork(container, holder, value);
    },
    'the containers of a pod share the network of the first of them',
  ),
  leftOut('StartWithPod', 'left out: gear starts all of an app', ['true', 'yes', '1']),
  nearAll(
    'PodmanArgs',
    '',
    'its flags are read as keys; what is no key of gear is refused',
    (container, value) => podmanArguments(container, wordsOf(container, value), value),
  ),
  near('GlobalArgs', '', 'left out, where it is about messages; else refused', (container, value) => {
    if (wordsOf(container, value).every((word) => /^--(log-level|events-backend|syslog|trace)/.test(word)))
      container.approximate(value.path, 'left out: it is about messages of podman itself');
    else
      container.refuse(
        value.path,
        'gear calls podman as the host has set it up',
        'set it in containers.conf(5)',
      );
  }),
  refused(
    'ContainersConfModule',
    'gear calls podman as the host has set it up',
    'set it in containers.conf(5)',
  ),
];
