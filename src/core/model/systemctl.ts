import { paths } from './paths.ts';

/** A command of systemctl as a person types it in the scope of this process. */
export function systemctl(words: string): string {
  return paths.scope === 'user' ? `systemctl --user ${words}` : `systemctl ${words}`;
}
