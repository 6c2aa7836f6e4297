import type { LockHolder } from '../ports/lock.ts';

/** What happens while a flow runs. Effects emit these; only reporters print. */
export type Event =
  | {
      readonly type: 'operation';
      readonly phase: 'started' | 'done' | 'failed';
      readonly kind: string;
      readonly subject: string;
      readonly reason: string;
      readonly elapsedMs?: number;
    }
  | {
      readonly type: 'pull';
      readonly image: string;
      readonly layer: string;
      readonly phase: string;
      readonly currentBytes?: number;
      readonly totalBytes?: number;
    }
  | {
      readonly type: 'push';
      readonly image: string;
      /** Which of how many, from 1. */
      readonly layer: number;
      readonly layers: number;
      /** Compressed, of this layer. */
      readonly currentBytes: number;
      readonly totalBytes: number;
    }
  | { readonly type: 'pushed'; readonly image: string; readonly bytes: number; readonly elapsedMs: number }
  | { readonly type: 'pulled'; readonly image: string; readonly id: string; readonly elapsedMs: number }
  | {
      readonly type: 'copy';
      readonly volume: string;
      readonly currentBytes: number;
      readonly totalBytes: number;
    }
  | {
      readonly type: 'copied';
      readonly volume: string;
      readonly bytes: number;
      /** While its app runs: what changes meanwhile is copied again. */
      readonly live: boolean;
      readonly elapsedMs: number;
    }
  | { readonly type: 'waiting'; readonly for: 'lock'; readonly holder: LockHolder | null }
  | { readonly type: 'waiting'; readonly for: 'ready' | 'start' | 'stop'; readonly subject: string }
  | { readonly type: 'notice'; readonly subject: string; readonly message: string }
  | { readonly type: 'warning'; readonly subject: string; readonly message: string };

/** An event with the host that it happened on, where a command works on several. */
export type MarkedEvent = Event & { readonly host?: string };

export type Emit = (event: Event) => void;
