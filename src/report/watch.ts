import type { News } from '../core/model/watch-news.ts';
import { plain } from './plain.ts';
import { printFailures } from './failure.ts';
import type { Style } from './style.ts';
import { formatSpan } from './time.ts';

/** What `gear watch` tells while it runs. */
export type WatchNews =
  | News
  | { readonly type: 'commit'; readonly commit: string }
  | { readonly type: 'trouble'; readonly message: string };

/** One piece of news as text, without a newline at its end. */
export function printNews(news: WatchNews, style: Style): string {
  switch (news.type) {
    case 'invalid':
      return `${printFailures(news.failures, style).trimEnd()}\n  ${style.warn(
        `${plain(news.source)} has mistakes: what was applied before stays`,
      )}`;
    case 'valid':
      return `${plain(news.source)} has no mistakes any more`;
    case 'lost':
      return style.warn(`${plain(news.folder)} is empty or gone: nothing is removed`);
    case 'found':
      return `${plain(news.folder)} is there`;
    case 'absent':
      return style.dim(`${style.bold(news.app)} has no descriptor any more, it goes when that lasts`);
    case 'held':
      return `${style.warn(
        `most apps vanished at once (${news.apps.join(', ')}): they stay until you agree`,
      )}\n  → gear watch confirm`;
    case 'applied':
      return `${style.bold(news.app)} ${style.good('applied')}`;
    case 'removed':
      return `${style.bold(news.app)} ${style.good('removed')}; its volumes stay`;
    case 'mended':
      return `${style.bold(news.app)} ${style.good('mended')}`;
    case 'drifted':
      return `${style.bold(news.drift.instance)} ${style.warn(`is not as declared: ${plain(news.drift.reason)}`)}${
        news.mends ? '' : '; it is left so'
      }`;
    case 'unhealthy':
      return `${style.bold(news.instance)} ${style.bad('is unhealthy')}; it restarts ${
        news.restartInMs === 0 ? 'now' : `in ${formatSpan(news.restartInMs)}`
      }`;
    case 'failed':
      return [
        ...(news.isNew ? [printFailures(news.failures, style).trimEnd()] : []),
        `${style.bold(news.app)} ${style.bad(news.isNew ? 'failed' : 'failed again')}; the next try is in ${formatSpan(news.retryInMs)}`,
      ].join('\n');
    case 'commit':
      return `commit ${plain(news.commit)}`;
    case 'trouble':
      return style.warn(`warning: ${plain(news.message)}`);
  }
}
