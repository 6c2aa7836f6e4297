import type { HealthCheck, HealthOptions } from '../model/container.ts';
import type { Instance } from '../model/instance.ts';

/**
 * Options that make the engine show the check (`docker ps`). gear itself runs the check by `exec`, so a container is
 * ready as soon as it is, not at the engine's next interval.
 */
export function healthArguments(instance: Instance): readonly string[] {
  const { check, engine, spec } = instance;
  if (check === null) return ['--no-healthcheck'];
  return engine === 'docker' ? dockerArguments(check, spec.health) : podmanArguments(check, spec.health);
}

/** Docker's option knows the shell form only: the image's own command is left to the image, which may have no shell. */
function dockerArguments(check: HealthCheck, given: HealthOptions = {}): readonly string[] {
  const command = given.command === undefined ? [] : ['--health-cmd', shellLine(check.command)];
  return [...command, ...timingArguments(check)];
}

/** Podman takes times only together with a command, so what the image alone gave is left to the image. */
function podmanArguments(check: HealthCheck, given?: HealthOptions): readonly string[] {
  if (given === undefined) return [];
  return ['--health-cmd', JSON.stringify(podmanTest(check.command)), ...timingArguments(check)];
}

/**
 * Podman reads a JSON array as argv, but takes one with `CMD` before it for words to be split again, and an array of
 * one word for a line of the shell.
 */
function podmanTest(command: readonly string[]): readonly string[] {
  const keyword = /^(CMD|CMD-SHELL|NONE)$/i.test(command[0] ?? '');
  const argv = shellForm(command) === null && command.length > 1 && !keyword;
  return argv ? command : ['CMD-SHELL', shellLine(command)];
}

function timingArguments(check: HealthCheck): readonly string[] {
  return [
    ...['--health-interval', `${String(check.intervalMs)}ms`],
    ...['--health-timeout', `${String(check.timeoutMs)}ms`],
    ...['--health-start-period', `${String(check.startPeriodMs)}ms`],
    ...['--health-retries', String(check.retries)],
  ];
}

function shellLine(command: readonly string[]): string {
  return shellForm(command) ?? command.map(quoteShellWord).join(' ');
}

function shellForm(command: readonly string[]): string | null {
  const [shell, flag, line, ...rest] = command;
  return shell === '/bin/sh' && flag === '-c' && line !== undefined && rest.length === 0 ? line : null;
}

/** A word of sh(1): in single quotes nothing has a meaning but the quote itself. */
function quoteShellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
