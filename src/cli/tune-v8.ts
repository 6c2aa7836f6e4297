import type { SourceFile } from '../core/descriptor/document.ts';
import { setV8Flag } from './v8-flags.ts';

/** Some 4 000 containers; what fewer leave behind fits into the memory anyway. */
const manyBytes = 1_048_576;

/**
 * Where there is much to read, V8 collects garbage when the heap is half as large again as what lives in it, not four
 * times: reading and rendering ten thousand containers takes 180 MB then instead of 260, and no longer. A thousand take a
 * tenth less time without. Where there is less, and the command is `brief`, V8 optimizes nothing: a thousand containers
 * are done before that has paid, and take a third of the processor's time less.
 */
export function tuneForReading(files: readonly SourceFile[], brief: boolean): void {
  const bytes = files.reduce((sum, file) => sum + ('bytes' in file ? file.bytes.length : 0), 0);
  if (bytes >= manyBytes) setV8Flag('--heap-growing-percent=50', '--heap-growing-percent=0');
  else if (brief) setV8Flag('--no-opt', '--opt');
}

/**
 * Has one thread collect what lives shortly. A process that rests finds little to collect, and wakes all threads of V8 a
 * few times for it: with a thousand apps that was every second time that gear watch woke at all.
 */
export function collectAlone(): void {
  setV8Flag('--no-parallel-scavenge', '--parallel-scavenge');
}
