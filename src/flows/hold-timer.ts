import { FailureError } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';

/** Has systemd end a hold after a time. FailureError SYSTEMD_REFUSED. */
export async function startHoldTimer(context: FlowContext, name: string, forMs: number): Promise<void> {
  const { host, self } = context;
  const { status, stderr } = await host.run([
    ...['systemd-run', '--quiet', '--collect', `--unit=${unitOf(name)}`],
    ...[`--on-active=${String(Math.ceil(forMs / 1000))}s`, '--timer-property=AccuracySec=1s'],
    `--description=ends the hold of ${name}`,
    ...['--', ...self, 'unhold', name],
  ]);
  if (status === 0) return;
  throw new FailureError({
    code: 'SYSTEMD_REFUSED',
    message: `${name} is held, but systemd does not end that in time: ${stderr.trim()}`,
    next: `gear unhold ${name}`,
    subject: name,
  });
}

/** Takes the timer of a hold away, if there is one. */
export async function endHoldTimer({ host }: FlowContext, name: string): Promise<void> {
  const systemd = await host.systemd();
  const timer = `${unitOf(name)}.timer`;
  const [state] = await systemd.units([timer]);
  if (state?.activeState === 'active') await systemd.stop(timer);
}

function unitOf(name: string): string {
  return `gear-unhold-${name}`;
}
