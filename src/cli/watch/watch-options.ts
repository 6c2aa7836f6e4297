import type { WatchInput } from './start.ts';
import { waitOptions } from '../wait-options.ts';

/** The flags of `gear watch` that say how it watches. */
export interface WatchFlags {
  readonly git?: string | undefined;
  readonly once: boolean;
  readonly 'allow-empty': boolean;
  readonly drift: WatchInput['drift'];
  readonly 'no-start': boolean;
  readonly timeout: string;
}

/** The same as the watch takes them. FailureError VALUE_INVALID. */
export function watchOptions(flags: WatchFlags): Omit<WatchInput, 'folders' | 'tell'> {
  return {
    ...(flags.git === undefined ? {} : { git: flags.git }),
    once: flags.once,
    allowEmpty: flags['allow-empty'],
    drift: flags.drift,
    start: !flags['no-start'],
    ...waitOptions({ timeout: flags.timeout, 'no-wait': false }),
  };
}
