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
export async function disableUnit({ host }: FlowContext, unit: string): Promise<void> {
  const { status, stderr } = await host.run(['systemctl', 'disable', '--now', unit]);
  if (status === 0) return;
  throw new FailureError({
    code: 'SYSTEMD_REFUSED',
    message: `${unit} could not be disabled: ${stderr.trim()}`,
    next: systemctl(`disable --now ${unit}`),
    subject: unit,
  });
}
