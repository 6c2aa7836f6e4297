import type { EngineKind } from '../core/model/container.ts';
import { paths } from '../core/model/paths.ts';
import { secretFilePath } from '../core/render/container-files.ts';
import { attempt } from '../errors/failure.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { DoctorCheck } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';

/** A container of gear's, as its engine has it now. */
interface Kept {
  readonly engine: EngineKind;
  readonly container: string;
  readonly instance: string;
  readonly restart: string;
  readonly logDriver: string;
  /** '' where its file may grow for ever. */
  readonly logSize: string;
}

/** What somebody changed of gear's containers, or asked for, that ends badly one day. */
export async function checkContainers(context: FlowContext): Promise<readonly DoctorCheck[]> {
  const { engines } = await context.host.facts();
  // An engine that does not answer is told by the check for it.
  const found = await Promise.all(engines.map((kind) => attempt(() => keptIn(context, kind))));
  const kept = found.flatMap((each) => (each.ok ? each.value : []));
  return [...kept.flatMap((each) => [...restartPolicy(each), ...logSize(each)]), ...sharedLimit(kept)];
}

async function keptIn(context: FlowContext, engine: EngineKind): Promise<readonly Kept[]> {
  // What was ejected is nobody's but the administrator's.
  const declared = new Set(
    (await readCurrentManifest(context.host.files))?.instances.map(({ name }) => name),
  );
  const all = await (await context.host.engine(engine)).owned();
  const owned = all.filter(({ labels }) => declared.has(labels['gear.name'] ?? ''));
  if (owned.length === 0) return [];
  const instances = new Map(owned.map(({ name, labels }) => [name, labels['gear.name'] ?? '']));
  const size =
    engine === 'docker' ? 'index .HostConfig.LogConfig.Config "max-size"' : '.HostConfig.LogConfig.Size';
  const fields = ['.Name', '.HostConfig.RestartPolicy.Name', '.HostConfig.LogConfig.Type', size];
  const format = fields.map((field) => `{{${field}}}`).join('|');
  const words = ['container', 'inspect', '--format', format, ...instances.keys()];
  const text = await askEngine(context, engine, 'inspect its containers', words);
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [name = '', restart = '', logDriver = '', max = ''] = line.split('|');
      const container = name.replace(/^\//, '');
      const unlimited = max === '' || max === '0B' || max === '<no value>';
      const instance = instances.get(container) ?? container;
      return { engine, container, instance, restart, logDriver, logSize: unlimited ? '' : max };
    });
}

/** systemd and the engine would both start it, and neither would let the other stop it. */
function restartPolicy({ engine, container, instance, restart }: Kept): readonly DoctorCheck[] {
  if (restart === '' || restart === 'no') return [];
  const message = `${engine} restarts its container by itself (${restart}), against systemd`;
  const next = engine === 'docker' ? `docker update --restart=no ${container}` : `gear restart ${instance}`;
  return [{ name: instance, state: 'warning', message, next }];
}

/** Drivers that write a file for each container. */
const fileDrivers: ReadonlySet<string> = new Set(['json-file', 'k8s-file']);

function logSize({ instance, logDriver, logSize: size }: Kept): readonly DoctorCheck[] {
  if (!fileDrivers.has(logDriver) || size !== '') return [];
  const message = `its log, by ${logDriver}, grows without a limit`;
  return [{ name: instance, state: 'warning', message, next: `gear set ${instance} --log-opt max-size=10m` }];
}

/** journald takes so many lines of a unit, and Docker's driver sends those of all its containers from one. */
function sharedLimit(kept: readonly Kept[]): readonly DoctorCheck[] {
  const sharing = kept.filter(({ engine, logDriver }) => engine === 'docker' && logDriver === 'journald');
  if (sharing.length < 2) return [];
  const message =
    'by journald it shares one limit of lines with all others of Docker: a noisy one takes theirs';
  return sharing.map(({ instance }) => ({
    ...{ name: instance, state: 'warning', message },
    next: `gear set ${instance} --reset log-driver`,
  }));
}

/** A container whose secret is gone runs on, and does not start again. */
export async function checkSecrets({ host }: FlowContext): Promise<readonly DoctorCheck[]> {
  const instances = (await readCurrentManifest(host.files))?.instances ?? [];
  const wanted = instances.flatMap(({ name, secrets = [] }) =>
    [...new Map(secrets.map((each) => [each.name, each])).values()].map((secret) => ({ name, secret })),
  );
  const found = await Promise.all(
    wanted.map(async ({ name, secret }): Promise<readonly DoctorCheck[]> => {
      if (await host.files.exists(secretFilePath(secret.hash))) return [];
      const message = `the value of its secret ${secret.name} is gone from ${paths.files}: it would not start again`;
      const next = `gear secret set ${secret.name} < FILE; gear restart ${name}`;
      return [{ name, state: 'warning', message, next }];
    }),
  );
  return found.flat();
}
