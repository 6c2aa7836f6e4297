import { quote } from '../../../errors/quote.ts';
import type { Coverage } from '../foreign/coverage.ts';
import type { QuadletContainer } from './quadlet-container.ts';
import { lastOf, type Value, valuesOf } from './quadlet-unit.ts';
import { directive, isWanted } from './unit-sections.ts';

interface ServiceKey extends Coverage {
  readonly read: (container: QuadletContainer, value: Value) => void;
}

const policies: Readonly<Record<string, string>> = {
  ...{ no: 'no', always: 'always', 'on-failure': 'on-failure' },
  ...{
    'on-abnormal': 'on-failure',
    'on-abort': 'on-failure',
    'on-watchdog': 'on-failure',
    'on-success': 'always',
  },
};

function kept(name: string, to: string, note: string, read: ServiceKey['read']): ServiceKey {
  return { name, verdict: 'kept', to, note, read };
}

function own(name: string, note: string): ServiceKey {
  return {
    ...{ name, verdict: 'approximated', to: '', note },
    read: (container, { path }) => container.approximate(path, note),
  };
}

function refused(name: string, why: string, next: string): ServiceKey {
  return {
    ...{ name, verdict: 'refused', to: '', note: `${why}: ${next}` },
    read: (container, { path }) => container.refuse(path, why, next),
  };
}

const supervised = 'left out: gear decides it, as its supervision stands on it';

/** The directives of [Service] that gear has keys for, or depends on. */
const serviceKeys: readonly ServiceKey[] = [
  kept(
    'Restart',
    'restart',
    'on-success becomes always, the rarer ones on-failure',
    (container, { text, path }) => {
      const policy = Object.hasOwn(policies, text) ? policies[text] : undefined;
      if (policy === undefined)
        container.reader.fail(
          path,
          'VALUE_INVALID',
          `${quote(text)} is not a way to restart`,
          'use always, on-failure or no',
        );
      else restart(container, { policy }, { text, path });
      if (policy !== undefined && policy !== text) container.approximate(path, policy);
    },
  ),
  kept('RestartSec', 'restart', 'the first delay; it grows up to a minute', (container, value) =>
    restart(container, { delay: spanOf(value.text) }, value),
  ),
  kept('RestartMaxDelaySec', 'restart', '', (container, value) =>
    restart(container, { max_delay: spanOf(value.text) }, value),
  ),
  own('RestartSteps', 'left out: the delay grows in five steps'),
  kept(
    'Type',
    'job',
    'of oneshot; any other but notify is a mistake, as it is for Quadlet',
    (container, { text, path }) => {
      if (text === 'oneshot') container.set('job', true, path);
      else if (text !== 'notify')
        container.reader.fail(
          path,
          'VALUE_INVALID',
          `a container cannot be of Type ${quote(text)}`,
          'use notify or oneshot',
        );
    },
  ),
  kept('RemainAfterExit', 'job', 'a job counts as active after its success', (container, { text, path }) => {
    if (!/^(1|y|yes|t|true|on)$/i.test(text))
      container.approximate(path, 'a job counts as active after its success');
  }),
  kept('Slice', 'cgroup_parent', '', (container, { text, path }) =>
    container.set('cgroup_parent', text, path),
  ),
  own('TimeoutStopSec', 'left out: it follows from StopTimeout'),
  ...[
    'NotifyAccess',
    'Delegate',
    'KillMode',
    'KillSignal',
    'PIDFile',
    'GuessMainPID',
    'SyslogIdentifier',
  ].map((name) => own(name, supervised)),
  ...['User', 'Group', 'DynamicUser'].map((name) =>
    refused(name, 'gear calls the engine as root', 'use User= in [Container]'),
  ),
  ...['RootDirectory', 'RootImage'].map((name) =>
    refused(name, 'the engine is that of the host', 'take it away'),
  ),
  refused('ExecStart', 'gear starts the container', 'use Exec= in [Container]'),
];

/** The table of [Service] for docs/formats. */
export const serviceCoverage: readonly Coverage[] = [
  ...serviceKeys,
  { name: 'any other', verdict: 'kept', to: 'systemd', note: 'as it is' },
];

/** The table of [Install] for docs/formats. */
export const installCoverage: readonly Coverage[] = [
  {
    name: 'WantedBy',
    verdict: 'kept',
    to: '',
    note: 'of multi-user.target and default.target: gear starts all of an app at boot',
  },
  { name: 'DefaultInstance', verdict: 'kept', to: '', note: 'the instance of a template that runs' },
  {
    name: 'any other',
    verdict: 'approximated',
    to: 'systemd',
    note: 'for systemctl enable; it starts at boot in any case',
  },
];

/** Reads [Service]: what gear has a key for becomes that, anything else stays a directive. */
export function readServiceSection(container: QuadletContainer): void {
  const { unit } = container;
  for (const key of unit.sections.get('Service')?.keys() ?? []) {
    const known = serviceKeys.find(({ name }) => name === key);
    for (const value of valuesOf(unit, 'Service', key)) {
      container.begin();
      if (known === undefined) directive(container, 'Service', key, value.text, value);
      else known.read(container, value);
      if (!container.told) container.reader.tell(value.path, 'kept');
    }
  }
  // What Quadlet writes no Restart= for is not started again.
  if (container.native['job'] !== true) {
    const { restart: given } = container.native;
    if (given === undefined) container.set('restart', 'no', [unit.file]);
    else if (typeof given === 'object' && given !== null && !('policy' in given))
      container.set('restart', 'no', [unit.file]);
  }
}

/** Reads [Install]: what starts at boot, which gear does with all of an app. */
export function readInstallSection(container: QuadletContainer): void {
  const { unit } = container;
  for (const key of unit.sections.get('Install')?.keys() ?? [])
    for (const value of valuesOf(unit, 'Install', key)) {
      const usual = value.text.split(/\s+/).every((each) => /^(multi-user|default)\.target$/.test(each));
      if (key === 'DefaultInstance' || ((key === 'WantedBy' || key === 'RequiredBy') && usual)) {
        container.reader.tell(value.path, 'kept');
        continue;
      }
      directive(container, 'Install', key, value.text, value);
      container.approximate(value.path, 'it starts at boot in any case; only systemctl enable acts on this');
    }
  const enabled = ['WantedBy', 'RequiredBy', 'UpheldBy'].some((key) => lastOf(unit, 'Install', key));
  if (!enabled && !isWanted(container.all.units, unit))
    container.approximate([unit.file], 'starts at boot, as all of an app does; gear stop holds it');
}

function restart(container: QuadletContainer, part: Readonly<Record<string, string>>, { path }: Value): void {
  const before = container.native['restart'];
  const whole =
    typeof before === 'object'
      ? { ...before, ...part }
      : { ...(before === undefined ? {} : { policy: before }), ...part };
  const keys = Object.keys(whole);
  container.set('restart', keys.length === 1 && 'policy' in whole ? whole['policy'] : whole, path);
}

/** A time span of systemd as gear reads it: a bare number is seconds, and blanks fall away. */
function spanOf(text: string): string {
  const plain = text.replaceAll(/\s+/g, '').replaceAll('min', 'm').replaceAll('sec', 's');
  return /^\d+$/.test(plain) ? `${plain}s` : plain;
}
