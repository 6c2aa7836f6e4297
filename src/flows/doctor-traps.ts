import { paths } from '../core/model/paths.ts';
import { attempt } from '../errors/failure.ts';
import { leftInstances } from '../observe/left.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { DoctorCheck } from '../report/values.ts';
import { checkContainers, checkSecrets } from './doctor-containers.ts';
import { checkJournal } from './doctor-journal.ts';
import { checkUnits } from './doctor-units.ts';
import type { FlowContext } from './context.ts';
import { type Adoption, findAdoptions } from './find-adoption.ts';
import { listVolumes } from './volume-list.ts';

/** What makes containers on a host surprise people. Each check tells only what is wrong, and the command that mends it. */
export async function findTraps(context: FlowContext): Promise<readonly DoctorCheck[]> {
  const checks = [
    ...[
      checkControllers,
      checkJournal,
      checkQuadlet,
      checkOrphans,
      checkAdoptions,
      checkRestores,
      checkLabels,
    ],
    ...[checkContainers, checkSecrets, checkUnits, checkNetwork],
  ];
  const found = await Promise.all(checks.map((check) => attempt(() => check(context))));
  // An engine or systemd that does not answer is told by the checks for these.
  return found.flatMap((each) => (each.ok ? each.value : []));
}

function warning(name: string, message: string, next: string): readonly DoctorCheck[] {
  return [{ name, state: 'warning', message, next }];
}

async function read({ host }: FlowContext, path: string): Promise<string | null> {
  const bytes = await host.files.read(path);
  return bytes === null ? null : new TextDecoder().decode(bytes).trim();
}

/** Limits are accepted by engines and systemd, and nobody keeps them, where the kernel has the controller off. */
async function checkControllers(context: FlowContext): Promise<readonly DoctorCheck[]> {
  // Of a user's systemd, what was handed down to it counts (doctor-user.ts).
  if (paths.scope === 'user') return [];
  const text = await read(context, '/sys/fs/cgroup/cgroup.controllers');
  if (text === null) return [];
  const missing = ['cpu', 'memory', 'pids'].filter((name) => !text.split(' ').includes(name));
  if (missing.length === 0) return [];
  // Of memory alone kernels of small machines are told to do without.
  const next =
    missing.join() === 'memory'
      ? 'boot with cgroup_enable=memory on the kernel command line'
      : 'see what the host of this machine gives it: cat /sys/fs/cgroup/cgroup.controllers';
  return warning('limits', `the kernel keeps no limits of ${missing.join(', ')} here`, next);
}

/** A bad Quadlet file makes its service vanish, and with some versions those of all others too. */
async function checkQuadlet({ host }: FlowContext): Promise<readonly DoctorCheck[]> {
  if (paths.scope === 'user') return [];
  const folder = '/etc/containers/systemd';
  const generator = '/usr/lib/systemd/system-generators/podman-system-generator';
  if ((await host.files.list(folder)).length === 0 || !(await host.files.exists(generator))) return [];
  const { status, stderr } = await host.run([generator, '--dryrun']);
  if (status === 0) return [];
  const said = stderr.trim().split('\n').at(-1) ?? '';
  return warning('quadlet', `Quadlet cannot read all of ${folder}: ${said}`, `gear check ${folder}`);
}

/** What starts after network-online.target, as Podman's containers do, waits as long as these wait in vain. */
async function checkNetwork({ host }: FlowContext): Promise<readonly DoctorCheck[]> {
  if (paths.scope === 'user') return [];
  const units = ['systemd-networkd-wait-online.service', 'NetworkManager-wait-online.service'];
  const failed = (await (await host.systemd()).list(units)).filter((unit) => unit.activeState === 'failed');
  return failed.flatMap(({ unit }) =>
    warning(
      'network',
      `${unit} waited in vain on boot, and containers of Podman with it, for minutes`,
      unit.startsWith('Net')
        ? 'nmcli device; with nothing to wait for: systemctl disable --now NetworkManager-wait-online'
        : 'networkctl; of links that stay down: RequiredForOnline=no in /etc/systemd/network',
    ),
  );
}

/** What a kill between two commands left; names that were declared once. */
async function checkOrphans(context: FlowContext): Promise<readonly DoctorCheck[]> {
  const { host } = context;
  const declared = new Set((await readCurrentManifest(host.files))?.instances.map(({ name }) => name));
  const begun = new Set((await begunAdoptions(context)).map(({ record }) => record.name));
  const left = (await leftInstances(host)).filter((name) => !declared.has(name) && !begun.has(name));
  if (left.length === 0) return [];
  return warning(
    'leftovers',
    `something is left of ${left.join(', ')}, which are not declared`,
    'gear clean',
  );
}

/** Declared or not: neither its former owner nor gear would start it after a boot, or both. */
async function checkAdoptions(context: FlowContext): Promise<readonly DoctorCheck[]> {
  return (await begunAdoptions(context)).flatMap(({ record, container }) =>
    warning(
      record.name,
      `the adoption of ${record.formerName}, which Docker calls ${container.name} now, was not brought to its end`,
      `gear adopt ${record.formerName}`,
    ),
  );
}

async function begunAdoptions(context: FlowContext): Promise<readonly Adoption[]> {
  return (await findAdoptions(context)).filter(({ record }) => !record.settled);
}

async function checkRestores(context: FlowContext): Promise<readonly DoctorCheck[]> {
  const volumes = await listVolumes(context);
  if (!volumes.ok) return [];
  return volumes.value
    .filter(({ interrupted }) => interrupted)
    .flatMap(({ name }) =>
      warning(
        'volumes',
        `a restore of the volume ${name} was interrupted; it has the data of before`,
        `gear volume restore ${name} FILE`,
      ),
    );
}

/** With SELinux, systemd does not read units that have a label of another place. */
async function checkLabels(context: FlowContext): Promise<readonly DoctorCheck[]> {
  if ((await read(context, '/sys/fs/selinux/enforce')) !== '1') return [];
  const folders = [paths.root, paths.units];
  const { status, stdout } = await context.host.run(['restorecon', '-nvr', ...folders]);
  if (status !== 0 || stdout.trim() === '') return [];
  return warning(
    'SELinux',
    'files of gear have labels of another place',
    `restorecon -r ${folders.join(' ')}`,
  );
}
