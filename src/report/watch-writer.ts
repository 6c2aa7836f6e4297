import { createStyle } from './style.ts';
import { printNews, type WatchNews } from './watch.ts';

/** Writes what `gear watch` tells to stdout as it comes: in words, or one object a line. */
export function newsWriter(json: boolean): (news: WatchNews) => void {
  const style = createStyle(process.stdout);
  return (news) => {
    process.stdout.write(`${json ? JSON.stringify(news) : printNews(news, style)}\n`);
  };
}
