import { attempt, type Failure, FailureError, type Result } from '../errors/failure.ts';
import { paths } from '../core/model/paths.ts';
import { renderWatchService, type WatchService, watchServiceName } from '../core/render/watch-service.ts';
import type { FlowContext } from './context.ts';
import { preflight } from './preflight.ts';

/** What became of gear-watch.service. */
export interface WatchServiceReport {
  readonly unit: string;
  readonly result: 'installed' | 'unchanged' | 'uninstalled' | 'absent';
}

const unitFile = (): string => `${paths.units}/${watchServiceName}`;
const bootLink = (): string => `${paths.bootLinks}/${watchServiceName}`;
/** It is ready when it has looked at all descriptors. */
const startMs = 120_000;

/**
 * Writes and starts gear-watch.service, on boot too; one that runs with another text is restarted with this one. One that
 * does not start leaves what was there before. Failure START_FAILED.
 */
export async function installWatchService(
  context: FlowContext,
  service: WatchService,
): Promise<Result<WatchServiceReport>> {
  return attempt(async () => {
    const systemd = await preflight(context);
    const { files } = context.host;
    const text = renderWatchService(service);
    const before = await files.read(unitFile());
    const isSame = before !== null && new TextDecoder().decode(before) === text;
    const [state] = await systemd.units([watchServiceName]);
    if (isSame && state?.activeState === 'active') return { unit: watchServiceName, result: 'unchanged' };
    await files.write(unitFile(), text, 0o644);
    await files.link(bootLink(), unitFile());
    await systemd.reload();
    await systemd.resetFailed(watchServiceName);
    const result = await systemd.restart(watchServiceName, { timeoutMs: startMs, signal: context.signal });
    if (result !== 'done') {
      const failure = await notStarted(context, result);
      await putBack(context, before);
      throw new FailureError(failure);
    }
    return { unit: watchServiceName, result: 'installed' };
  });
}

/** The service as it was, or none. */
async function putBack({ host, signal }: FlowContext, before: Uint8Array | null): Promise<void> {
  const systemd = await host.systemd();
  if (before === null) {
    await systemd.stop(watchServiceName, { signal });
    await host.files.remove(bootLink());
    await host.files.remove(unitFile());
    await systemd.reload();
    await systemd.resetFailed(watchServiceName);
    return;
  }
  await host.files.write(unitFile(), before, 0o644);
  await systemd.reload();
  await systemd.restart(watchServiceName, { timeoutMs: startMs, signal });
}

/** Stops and removes gear-watch.service. The containers run on, and so does what it noted of its apps. */
export async function uninstallWatchService(context: FlowContext): Promise<Result<WatchServiceReport>> {
  return attempt(async () => {
    const systemd = await preflight(context);
    const { files } = context.host;
    if (!(await files.exists(unitFile()))) return { unit: watchServiceName, result: 'absent' };
    await systemd.stop(watchServiceName, { signal: context.signal });
    await files.remove(bootLink());
    await files.remove(unitFile());
    await systemd.reload();
    return { unit: watchServiceName, result: 'uninstalled' };
  });
}

async function notStarted(context: FlowContext, result: string): Promise<Failure> {
  const lines = await context.host.journal.last(watchServiceName, 8);
  return {
    code: 'START_FAILED',
    message: `${watchServiceName} did not start (${result})`,
    next: `journalctl -u ${watchServiceName}`,
    subject: watchServiceName,
    details: lines.map(({ message }) => message),
  };
}
