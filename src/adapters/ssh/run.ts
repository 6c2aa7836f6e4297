import { type CommandOptions, type RunCommand, runCommand } from '../process/command.ts';
import { exportLines } from './export-lines.ts';
import { connectFailure, lostFailure } from './failure.ts';
import type { HostLink } from './link.ts';
import { quoteCommand } from './quote.ts';
import { inBase64 } from './shell.ts';

const sshFailed = 255;

/** What would lead an engine's command to another engine than the units use. */
const misleading = [
  'DOCKER_HOST',
  'DOCKER_CONTEXT',
  'CONTAINER_HOST',
  'CONTAINERS_CONF',
  'CONTAINERS_STORAGE_CONF',
];

/**
 * runCommand on a host. The command, its environment and its input travel on stdin of a shell there: no list of
 * processes shows a value. When the connection breaks, FailureError HOST_….
 */
export function createRemoteRun(link: HostLink): RunCommand {
  return async (command, args, options) => {
    const release = await link.slots.take();
    try {
      const { argv, mark, preface } = await link.line(['/bin/sh', '-s']);
      const [ssh, ...sshArgs] = argv;
      const outcome = await runCommand(ssh, sshArgs, {
        ...options,
        environment: surroundings(),
        input: preface + programOf(command, args, options),
        detached: true,
      });
      const at = outcome.stdout.indexOf(`${mark}\n`);
      if (at >= 0 && !(outcome.status === sshFailed && link.lost.aborted)) {
        return { ...outcome, stdout: outcome.stdout.slice(at + mark.length + 1) };
      }
      if (outcome.timedOut) return outcome;
      throw link.lost.aborted ? lostFailure(link.address, '') : connectFailure(link.address, outcome.stderr);
    } finally {
      release();
    }
  };
}

function programOf(command: string, args: readonly string[], { environment, input }: CommandOptions): string {
  const lines = [`unset ${misleading.join(' ')}`, ...exportLines(environment)];
  const run = quoteCommand([command, ...args]);
  if (input === undefined) return [...lines, `exec ${run} </dev/null`, ''].join('\n');
  return [...lines, `base64 -d <<'gear_end' | ${run}`, `${inBase64(Buffer.from(input))}gear_end`, ''].join(
    '\n',
  );
}

/** ssh(1) finds its agent, configuration and terminal by the environment of this process. */
export function surroundings(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
