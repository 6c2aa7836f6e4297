import type { PullProgress } from '../../ports/engine.ts';

/**
 * Reads what `podman pull` prints when it has no terminal: one line a step, 'Copying blob 4f4fb700ef54 done' for a
 * layer. Feed it pieces as they come; it tells whole lines. Bytes are not told without a terminal.
 */
export function podmanProgress(tell: (progress: PullProgress) => void): (piece: string) => void {
  let rest = '';
  return (piece) => {
    const lines = (rest + piece).split(/\r?\n/);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const progress = progressOf(line.trim());
      if (progress !== null) tell(progress);
    }
  };
}

/** The bar behind the words has no length without a terminal. */
function progressOf(line: string): PullProgress | null {
  // The failure itself is told by the exit status and what follows 'Error:'.
  if (line === '' || line.startsWith('Error:')) return null;
  const layer = /^Copying (blob|config) (?:sha256:)?([0-9a-f]{12})[0-9a-f]*\s*(.*?)[\s|]*$/.exec(line);
  if (layer === null) return { layer: '', phase: line };
  const [, kind = '', id = '', rest = ''] = layer;
  return { layer: id, phase: rest === '' ? `Copying ${kind}` : rest };
}
