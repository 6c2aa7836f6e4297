import path from 'node:path';
import { attempt, type Result } from '../../errors/failure.ts';
import type { FlowContext } from '../../flows/context.ts';
import type { WatchServiceReport } from '../../flows/watch-service.ts';
import type { WatchNews } from '../../report/watch.ts';
import type { WatchReport } from './watch-report.ts';
import { type WatchFlags, watchOptions } from './watch-options.ts';
import { watchedFolders, watchService } from './watched-folders.ts';

type Flow<T> = (context: FlowContext) => Promise<Result<T>>;

/** Before the service that runs is replaced by one that would not start. */
async function refuseSlips({ host }: FlowContext, words: readonly string[]): Promise<void> {
  const folders = words.map((folder) => path.resolve(folder));
  const { readClaims } = await import('../../controller/claims.ts');
  await (await import('./refuse-unknown.ts')).refuseUnknown(folders, await readClaims(host.files, folders));
}

/** What a line of `gear watch` asks for: to watch, or to have a service that does. FailureError USAGE. */
export function watchFlow(
  words: readonly string[],
  flags: WatchFlags & { readonly install: boolean; readonly uninstall: boolean },
  line: readonly string[],
  tell: (news: WatchNews) => void,
): Flow<WatchReport | WatchServiceReport> {
  if (flags.uninstall)
    return async (context) => (await import('../../flows/watch-service.ts')).uninstallWatchService(context);
  const folders = watchedFolders(words, flags.git);
  if (flags.install) {
    const service = watchService(folders, line);
    return async (context) => {
      const meant = await attempt(() => refuseSlips(context, folders));
      if (!meant.ok) return meant;
      return (await import('../../flows/watch-service.ts')).installWatchService(context, service);
    };
  }
  const options = watchOptions(flags);
  return async (context) => (await import('./start.ts')).watchFolders(context, { ...options, folders, tell });
}
