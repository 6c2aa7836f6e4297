import { systemctl } from '../../core/model/systemctl.ts';
import { FailureError } from '../../errors/failure.ts';
import type { EngineKind } from '../../core/model/container.ts';

const longestWords = 600;

/** An engine's own words as one line: without its prefix, control characters, and not endless. */
export function engineWords(text: string): string {
  const line = text
    .replace(/^(?:Error response from daemon|Error|docker|podman):\s*/gim, '')
    // eslint-disable-next-line no-control-regex -- an engine's message may carry a container's terminal codes
    .replace(/[\u0000-\u001f\u007f]+/g, ' ')
    .replace(/\s*See '(?:docker|podman)[^']*--help'\.?\s*/g, ' ')
    .trim();
  return line.length > longestWords ? `${line.slice(0, longestWords)}…` : line;
}

/** ENGINE_FAILED: the engine answered, and refused. `what` completes "could not …". */
export function engineRefused(kind: EngineKind, what: string, words: string): FailureError {
  return new FailureError({
    code: 'ENGINE_FAILED',
    message: `${titleOf(kind)} could not ${what}: ${engineWords(words).replace(/\.$/, '') || 'it gave no reason'}`,
    next:
      kind === 'docker'
        ? 'see what the engine says with: journalctl -u docker -n 50'
        : 'try the same with podman --log-level=debug',
    subject: kind,
  });
}

/** ENGINE_DOWN: nobody answers. `why` is the system's own reason. */
export function engineDown(kind: EngineKind, why: string): FailureError {
  return new FailureError({
    code: 'ENGINE_DOWN',
    message: `${titleOf(kind)} does not answer: ${why}`,
    next:
      kind === 'docker' ? `start it with: ${systemctl('start docker')}` : 'see whether "podman info" answers',
    subject: kind,
  });
}

/** NOT_ROOT: the engine is there, but not for this user. */
export function engineForbidden(kind: EngineKind, what: string): FailureError {
  return new FailureError({
    code: 'NOT_ROOT',
    message: `this user may not use ${titleOf(kind)}: ${what}`,
    next: 'run the command as root, for example with sudo',
    subject: kind,
  });
}

/** INTERRUPTED: the caller's signal ended the work. */
export function engineInterrupted(what: string): FailureError {
  return new FailureError({
    code: 'INTERRUPTED',
    message: `interrupted while trying to ${what}`,
    next: 'run the command again; what was already fetched is kept',
  });
}

/** NOT_OURS: a container, volume or network of that name was made by somebody else. */
export function notOurs(
  kind: EngineKind,
  thing: 'container' | 'volume' | 'network',
  name: string,
  owner: string,
): FailureError {
  return new FailureError({
    code: 'NOT_OURS',
    message: `the ${thing} ${name} of ${titleOf(kind)} was not made by gear for ${owner}, so it stays`,
    next:
      thing === 'container'
        ? `rename it, or remove it yourself with: ${kind} rm ${name}`
        : `use another name, or remove it yourself with: ${kind} ${thing} rm ${name}`,
    subject: name,
  });
}

/** The engine's name as people write it. */
export function titleOf(kind: EngineKind): string {
  return kind === 'docker' ? 'Docker' : 'Podman';
}

/** ENGINE_ABSENT: its command is not on the host. */
export function engineAbsent(kind: EngineKind): FailureError {
  return new FailureError({
    code: 'ENGINE_ABSENT',
    message: `${titleOf(kind)} is not installed on this host: there is no command ${kind}`,
    next: `install it (Debian: apt install ${kind === 'docker' ? 'docker.io' : 'podman'}), or name the other engine with --engine`,
    subject: kind,
  });
}

/** Whether the caller gave up; asked again after each await. */
export function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}
