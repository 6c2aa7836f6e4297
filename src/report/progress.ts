import { formatBytes } from './bytes.ts';
import type { Event, MarkedEvent } from './events.ts';
import { plain } from './plain.ts';
import { createPulls } from './pulls.ts';
import { createPushes } from './pushes.ts';
import { createStyle } from './style.ts';
import { formatSpan } from './time.ts';

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** An operation shorter than this is not worth a line where lines stay. */
const longMs = 1000;

/**
 * Tells what goes on, on stderr. On a terminal one line is rewritten; elsewhere only what is worth keeping is written:
 * pulls, waiting, and whatever took over a second.
 */
export function createProgress(
  output: Output,
  { quiet }: { readonly quiet: boolean },
): { readonly emit: (event: MarkedEvent) => void; readonly end: () => void } {
  const style = createStyle(output);
  let live = false;
  const clear = (): void => {
    if (live) output.write('\r\u001b[K');
    live = false;
  };
  const keep = (text: string): void => {
    clear();
    output.write(`${text}\n`);
  };
  const rewrite = (text: string): void => {
    if (!style.isTerminal) return;
    clear();
    // Cut before it is painted, or the end of the colour would be cut off with it.
    output.write(style.dim(text.slice(0, style.columns - 1)));
    live = true;
  };
  const pulls = createPulls();
  const pushes = createPushes();
  const emit = (event: MarkedEvent): void => {
    if (quiet) return;
    const mark = event.host === undefined ? '' : `${plain(event.host)}: `;
    if (event.type === 'pull') {
      const { first, line } = pulls.follow(event);
      if (!style.isTerminal && first) keep(style.dim(`${mark}pulling ${plain(event.image)}`));
      rewrite(`${mark}${line}`);
      return;
    }
    if (event.type === 'push') {
      const { first, line } = pushes.follow(event);
      if (!style.isTerminal && first) keep(style.dim(`${mark}sending ${plain(event.image)}`));
      rewrite(`${mark}${line}`);
      return;
    }
    const kept = keptLine(event);
    if (kept !== null) keep(style.dim(`${mark}${kept}`));
    const passing = passingLine(event);
    if (passing !== null) rewrite(`${mark}${passing}`);
  };
  return { emit, end: clear };
}

type OtherEvent = Exclude<Event, { type: 'pull' | 'push' }>;

function keptLine(event: OtherEvent): string | null {
  switch (event.type) {
    case 'pulled':
      return `pulled ${plain(event.image)} in ${formatSpan(event.elapsedMs)}`;
    case 'pushed':
      return `sent ${plain(event.image)} from here, ${formatBytes(event.bytes)}, in ${formatSpan(event.elapsedMs)}`;
    case 'copy':
      return null;
    case 'copied':
      return event.live
        ? `copied ${plain(event.volume)}, ${formatBytes(event.bytes)}, while it runs, in ${formatSpan(event.elapsedMs)}`
        : `copied what changed of ${plain(event.volume)}, ${formatBytes(event.bytes)}, in ${formatSpan(event.elapsedMs)}`;
    case 'waiting':
      return waitingLine(event);
    case 'notice':
      return `${plain(event.subject)}: ${plain(event.message)}`;
    case 'warning':
      return `warning: ${plain(event.subject)}: ${plain(event.message)}`;
    case 'operation':
      return event.phase === 'started' || (event.elapsedMs ?? 0) < longMs
        ? null
        : `${verbs[event.kind] ?? event.kind} ${plain(event.subject)} ${event.phase === 'done' ? 'took' : 'failed after'} ${formatSpan(event.elapsedMs ?? 0)}`;
  }
}

function waitingLine(event: Event & { type: 'waiting' }): string {
  if (event.for !== 'lock') return `waiting for ${plain(event.subject)} to be ${event.for}`;
  const { holder } = event;
  if (holder === null) return 'waiting for another gear on this host';
  return `waiting for "gear ${plain(holder.command)}" by ${plain(holder.by)} (pid ${String(holder.pid)})`;
}

function passingLine(event: OtherEvent): string | null {
  if (event.type === 'operation' && event.phase === 'started') {
    return `${verbs[event.kind] ?? event.kind} ${plain(event.subject)} …`;
  }
  if (event.type === 'copy')
    return `copying ${plain(event.volume)}: ${formatBytes(event.currentBytes)} of ${formatBytes(event.totalBytes)}`;
  return null;
}

const verbs: Readonly<Record<string, string>> = {
  'file.write': 'writing the environment of',
  'data.write': 'writing the file',
  'network.ensure': 'making the network',
  'network.replace': 'removing, to make it anew, the network',
  'network.remove': 'removing the network',
  'image.tag': 'tagging',
  'image.note': 'noting the image',
  'volume.ensure': 'volume',
  'volume.backup': 'backing up',
  'volume.restore': 'restoring',
  'container.create': 'creating',
  'template.write': 'writing the template',
  'generation.write': 'writing',
  'link.make': 'linking',
  'link.remove': 'unlinking',
  'generation.swap': 'switching to',
  'systemd.reload': 'reloading',
  'unit.start': 'starting',
  'unit.restart': 'restarting',
  'unit.reload': 'telling of its changed files',
  'unit.stop': 'stopping',
  'ready.wait': 'waiting for the health check of',
  'container.remove': 'removing',
};
