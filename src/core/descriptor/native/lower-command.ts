import type { InitStep, Reload } from '../../model/container.ts';
import type { Path } from '../document.ts';
import { parseSignal } from '../options/signal.ts';
import { parseImage, parseUser } from '../words.ts';
import type { ContainerInput } from './schema.ts';
import type { Findings } from './findings.ts';
import { splitLine } from './split-line.ts';

/** A command line as argv; undefined where there is none. */
export function lowerCommand(
  findings: Findings,
  given: string | readonly (string | number)[] | undefined,
  path: Path,
): readonly string[] | undefined {
  if (given === undefined) return undefined;
  if (typeof given === 'string') return findings.take(splitLine(given), path);
  return given.map(String);
}

/** The steps before each start. */
export function lowerInit(findings: Findings, name: string, input: ContainerInput): readonly InitStep[] {
  return (input.init ?? []).map((step, index) => {
    const path = ['containers', name, 'init', index];
    const image =
      step.image === undefined
        ? input.image
        : (findings.take(parseImage(step.image), [...path, 'image']) ?? input.image);
    const command = lowerCommand(findings, step.command, [...path, 'command']);
    const entrypoint = lowerCommand(findings, step.entrypoint, [...path, 'entrypoint']);
    const user =
      step.user === undefined ? undefined : findings.take(parseUser(String(step.user)), [...path, 'user']);
    return {
      image,
      ...(command === undefined ? {} : { command }),
      ...(entrypoint === undefined ? {} : { entrypoint }),
      ...(user === undefined ? {} : { user }),
    };
  });
}

/** How it rereads its files; undefined where it does not. */
export function lowerReload(
  findings: Findings,
  name: string,
  { reload }: ContainerInput,
): Reload | undefined {
  if (reload === undefined) return undefined;
  const path = ['containers', name, 'reload'];
  if ((reload.signal === undefined) === (reload.exec === undefined)) {
    findings.refuse(
      path,
      'VALUE_INVALID',
      'reload has to have either signal or exec',
      'write it as reload: {signal: HUP}',
    );
    return undefined;
  }
  if (reload.signal !== undefined) {
    const signal = findings.take(parseSignal(reload.signal), [...path, 'signal']);
    return signal === undefined ? undefined : { kind: 'signal', signal };
  }
  const command = lowerCommand(findings, reload.exec, [...path, 'exec']);
  return command === undefined ? undefined : { kind: 'exec', command };
}
