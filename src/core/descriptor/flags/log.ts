import type { InstallFlag } from '../install-flag.ts';
import { optionFlag } from './option-flag.ts';

/** Where the engine keeps what it writes; the journal has it in any case but Podman with another driver. */
export const logFlags: readonly InstallFlag[] = [
  optionFlag('log-driver', 'LOG'),
  optionFlag('log-opt', 'LOG'),
];
