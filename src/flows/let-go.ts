import { FailureError } from '../errors/failure.ts';
import { paths } from '../core/model/paths.ts';
import { systemctl } from '../core/model/systemctl.ts';
import type { FlowContext } from './context.ts';
import { removeDropIn } from './remove-drop-in.ts';

/**
 * Stops a unit and leaves the container that it is attached to alone: for that moment it has no stop commands, and its
 * client is killed, which hands no signal on. A restart would follow otherwise.
 */
export async function letGoOfClient(context: FlowContext, unit: string): Promise<void> {
  const { files } = context.host;
  const systemd = await context.host.systemd();
  const path = `${paths.runtimeUnits}/${unit}.d/zz-gear-let-go.conf`;
  const text = '[Service]\nExecStop=\nExecStopPost=\nRestart=no\nKillMode=process\nKillSignal=SIGKILL\n';
  await files.write(path, text, 0o644);
  try {
    await systemd.reload();
    await systemd.stop(unit);
    await systemd.resetFailed(unit);
  } finally {
    await removeDropIn(files, path);
    await systemd.reload();
  }
}

/** Takes a unit out of the boot, and stops it if it still runs. FailureError SYSTEMD_REFUSED. */
export function disableUnit(context: FlowContext, unit: string): Promise<void> {
  return switchUnit(context, 'disable', unit);
}

/** Takes it into the boot again, and starts it. FailureError SYSTEMD_REFUSED. */
export function enableUnit(context: FlowContext, unit: string): Promise<void> {
  return switchUnit(context, 'enable', unit);
}

async function switchUnit({ host }: FlowContext, verb: 'enable' | 'disable', unit: string): Promise<void> {
  const { status, stderr } = await host.run(['systemctl', verb, '--now', unit]);
  if (status === 0) return;
  throw new FailureError({
    code: 'SYSTEMD_REFUSED',
    message: `${unit} could not be ${verb}d: ${stderr.trim()}`,
    next: systemctl(`${verb} --now ${unit}`),
    subject: unit,
  });
}
