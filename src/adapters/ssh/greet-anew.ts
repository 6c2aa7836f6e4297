import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import type { Anew } from './connect.ts';
import type { ClaimedPath } from './control-folder.ts';
import { endChild } from './end-child.ts';

type Children = Set<ChildProcessWithoutNullStreams>;

interface Parts {
  /** Claims a control socket at which no connection is kept. */
  readonly claim: () => Promise<ClaimedPath>;
  /** Greets over it, and adds to `own` what it starts. */
  readonly greet: (path: string, own: Children) => Anew['outcome'];
  readonly onTaken: (claimed: ClaimedPath, own: Children) => void;
}

/** Begins a connection at a control socket of its own. */
export function greetAnew({ claim, greet, onTaken }: Parts): Anew {
  const own: Children = new Set();
  const claiming = claim();
  return {
    outcome: claiming.then(({ path }) => greet(path, own)),
    take: async () => {
      onTaken(await claiming, own);
    },
    drop: async () => {
      for (const child of own) endChild(child);
      (await claiming).giveBack();
    },
  };
}
