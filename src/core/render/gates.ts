import { paths } from '../model/paths.ts';
import { gateTexts, type GateName } from './shipped.ts';

/** A shell script that units run, named relative to the folder `gates` of a generation. */
export interface GateFile {
  readonly name: string;
  readonly mode: number;
  readonly text: string;
}

/** Every gate, sorted by name, for the folder `gates` of each generation. */
export function gateFiles(): readonly GateFile[] {
  return Object.entries(gateTexts).map(([name, text]) => ({ name, mode: 0o755, text }));
}

/**
 * The command line that runs a gate. The shell is named, so neither a mount without exec nor an SELinux label on
 * /etc/gear keeps the gate from running.
 */
export function gateCommand(name: GateName, ...words: readonly string[]): readonly string[] {
  return ['/bin/sh', `${paths.current}/gates/${name}`, ...words];
}
