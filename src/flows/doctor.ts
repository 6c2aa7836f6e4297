import { attempt, ok, type Result } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import { checkEngineVersion } from '../core/model/engine-version.ts';
import { paths } from '../core/model/paths.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { DoctorCheck } from '../report/values.ts';
import type { FlowContext } from './context.ts';
import { findTraps } from './doctor-traps.ts';
import { checkUser } from './doctor-user.ts';
import { findObstacles, oldestSystemd, tooOld } from './preflight.ts';
import { statusOf } from './status.ts';

/** Below so much free space the next pull or generation may fail. */
const lowBytes = 1024 ** 3;

/** Every requirement of the host and the state of gear on it, each with what to do. Changes nothing. */
export async function doctor(context: FlowContext): Promise<Result<readonly DoctorCheck[]>> {
  const facts = await context.host.facts();
  const obstacles = findObstacles(facts).map((failure) => failed(titles[failure.code] ?? 'host', failure));
  const ofUser = facts.userManager === undefined ? [] : [() => checkUser(facts)];
  const engines =
    facts.engines.length === 0 ? [noEngine] : facts.engines.map((kind) => () => checkEngine(context, kind));
  const checks = [
    () => checkSystemd(context),
    ...engines,
    ...ofUser,
    () => checkSpace(context),
    () => checkState(context),
    () => findTraps(context),
  ];
  const results = await Promise.all(checks.map((check) => check()));
  return ok([...obstacles, ...results.flat()]);
}

const titles: Readonly<Partial<Record<string, string>>> = {
  SYSTEMD_ABSENT: 'systemd',
  NOT_ROOT: 'rights',
  SUDO_REFUSED: 'rights',
  CGROUP_OLD: 'cgroup v2',
  LINGER_OFF: 'linger',
  SUBORDINATE_IDS: 'subuid',
};

function good(name: string, message: string): DoctorCheck {
  return { name, state: 'ok', message, next: null };
}

function failed(name: string, failure: { readonly message: string; readonly next: string }): DoctorCheck {
  return { name, state: 'failed', message: failure.message, next: failure.next };
}

async function noEngine(): Promise<readonly DoctorCheck[]> {
  return Promise.resolve([
    failed('engine', {
      message: 'neither docker nor podman was found',
      next: 'apt install docker.io, or: apt install podman',
    }),
  ]);
}

async function checkSystemd(context: FlowContext): Promise<readonly DoctorCheck[]> {
  const version = await attempt(async () => (await context.host.systemd()).version());
  if (!version.ok) return version.failures.map((failure) => failed('systemd', failure));
  if (version.value < oldestSystemd) return [failed('systemd', tooOld(version.value))];
  const backOff = version.value < 254 ? '; restarts are 10 s apart (back-off needs 254)' : '';
  return [good('systemd', `version ${String(version.value)}${backOff}`)];
}

async function checkEngine(context: FlowContext, kind: EngineKind): Promise<readonly DoctorCheck[]> {
  const facts = await attempt(async () => {
    const engine = await context.host.engine(kind);
    return { ...(await engine.facts()), ...(await engine.setup()) };
  });
  if (!facts.ok) return facts.failures.map((failure) => failed(kind, failure));
  const old = checkEngineVersion(facts.value);
  if (old !== null) return [failed(kind, old)];
  const checks = [
    good(kind, `version ${facts.value.version}${facts.value.liveRestore ? ', live-restore' : ''}`),
  ];
  if (facts.value.cgroupDriver === 'systemd') return checks;
  const message = `its cgroup driver is ${facts.value.cgroupDriver}: containers are not in the slices of their apps`;
  const next = `set "exec-opts": ["native.cgroupdriver=systemd"] in ${paths.scope === 'user' ? '~/.config/docker' : '/etc/docker'}/daemon.json`;
  return [...checks, { name: kind, state: 'warning', message, next }];
}

async function checkSpace(context: FlowContext): Promise<readonly DoctorCheck[]> {
  const free = await context.host.files.freeBytes(paths.root);
  const message = `${String(Math.floor(free / 1024 ** 2))} MB free where ${paths.root} is`;
  return [
    free < lowBytes
      ? { name: 'disk', state: 'warning', message, next: 'df -h; docker system df' }
      : good('disk', message),
  ];
}

async function checkState(context: FlowContext): Promise<readonly DoctorCheck[]> {
  const manifest = await attempt(() => readCurrentManifest(context.host.files));
  if (!manifest.ok) return manifest.failures.map((failure) => failed('state', failure));
  if (manifest.value === null) return [good('state', 'nothing is installed yet')];
  const status = await statusOf(context, []);
  if (!status.ok) return status.failures.map((failure) => failed('containers', failure));
  const troubled = status.value.flatMap((row) =>
    row.problems.map((problem): DoctorCheck => ({
      name: row.name,
      state: 'warning',
      message: problem.message,
      next: problem.next,
    })),
  );
  const many = status.value.length === 1 ? '1 container' : `${String(status.value.length)} containers`;
  const count = `${many}, generation ${String(manifest.value.generation)}`;
  return [good('state', count), ...troubled];
}
