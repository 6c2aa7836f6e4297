import { paths } from '../core/model/paths.ts';
import { attempt } from '../errors/failure.ts';
import { leftInstances } from '../observe/left.ts';
import { readCurrentManifest } from '../observe/manifest.ts';
import type { DoctorCheck } from '../report/values.ts';
import { checkContainers, checkSecrets } from './doctor-containers.ts';
import type { FlowContext } from './context.ts';
import { listVolumes } from './volume-list.ts';

/** What makes containers on a host surprise people. Each check tells only what is wrong, and the command that mends it. */
export async function findTraps(context: FlowContext): Promise<readonly DoctorCheck[]> {
  const checks = [
    ...[checkControllers, checkJournal, checkQuadlet, checkOrphans, checkRestores, checkLabels],
    ...[checkContainers, checkSecrets],
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
  const next = missing.includes('memory')
    ? 'boot with cgroup_enable=memory on the kernel command line'
    : 'see what the host of this machine gives it: cat /sys/fs/cgroup/cgroup.controllers';
  return warning('limits', `the kernel keeps no limits of ${missing.join(', ')} here`, next);
}

async function checkJournal({ host }: FlowContext): Promise<readonly DoctorCheck[]> {
  if ((await host.files.list('/var/log/journal')).length > 0) return [];
  return warning(
    'journal',
    'the journal is in memory: what containers wrote is gone after a reboot',
    'mkdir -p /var/log/journal; systemctl restart systemd-journald',
  );
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

/** What a kill between two commands left; names that were declared once. */
async function checkOrphans({ host }: FlowContext): Promise<readonly DoctorCheck[]> {
  const declared = new Set((await readCurrentManifest(host.files))?.instances.map(({ name }) => name));
  const left = (await leftInstances(host)).filter((name) => !declared.has(name));
  if (left.length === 0) return [];
  return warning(
    'leftovers',
    `something is left of ${left.join(', ')}, which are not declared`,
    'gear clean',
  );
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
