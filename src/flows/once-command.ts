import type { Instance } from '../core/model/instance.ts';
import { stopMarginSeconds } from '../core/render/container-view.ts';
import { stopTimeoutSeconds } from '../core/render/engine-arguments.ts';
import { sliceName } from '../core/render/slice.ts';
import { dockerEnvironment } from './engine-command.ts';

interface OnceUnit {
  readonly unit: string;
  readonly container: string;
  /** The engine's command. */
  readonly command: string;
  /** Its streams are a terminal. */
  readonly terminal: boolean;
}

/** systemd's own streams are the user's here, and the container is mostly gone already. `$$` is systemd's `$`. */
const removeQuietly = 'exec "$$0" rm --force --volumes "$$1" >/dev/null 2>&1';
/** systemd's own default, which is for the removal too. */
const leastStopSeconds = 90;
/** Where conmon was ended, as after a client whose stdout nobody reads, the first `rm` of Podman finds that out and fails. */
const removeTwiceQuietly = `"$$0" rm --force --volumes "$$1" >/dev/null 2>&1 || ${removeQuietly}`;
/**
 * A client that starts its container at this moment would hand the signal of systemd on to one that does not run yet, and
 * wait for its end. What is removed cannot start any more. What has ended by itself needs no stop (systemd.exec(5), MAINPID).
 */
const stopAndRemoveQuietly = `[ -z "$$MAINPID" ] || { "$$0" stop "$$1"; ${removeQuietly}; } >/dev/null 2>&1`;

/** What runs a container once that is made already (once-arguments.ts): systemd-run(1), with its own streams handed on. */
export function onceCommand(
  { name, engine, spec, image }: Instance,
  { unit, container, command, terminal }: OnceUnit,
): readonly string[] {
  const gate = (script: string) => `-/bin/sh -c '${script}' ${command} ${container}`;
  return [
    ...['systemd-run', '--quiet', '--collect', '--wait', terminal ? '--pty' : '--pipe'],
    `--unit=${unit}`,
    `--description=${name} (${image.reference}), once`,
    `--slice=${sliceName(name)}`,
    '--property=KillMode=mixed',
    `--property=TimeoutStopSec=${String(Math.max(leastStopSeconds, stopTimeoutSeconds(spec) + stopMarginSeconds))}`,
    `--property=ExecStop=${gate(stopAndRemoveQuietly)}`,
    `--property=ExecStopPost=${gate(engine === 'docker' ? removeQuietly : removeTwiceQuietly)}`,
    ...(engine === 'docker'
      ? dockerEnvironment().map((each) => `--setenv=${each}`)
      : ['--property=Delegate=yes']),
    ...['--', command, 'start', '--attach', '--interactive', container],
  ];
}
