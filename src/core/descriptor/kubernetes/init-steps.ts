import type { KubeContainer } from './kube-container.ts';

/** What an init step has of its own; all else is that of the container which it precedes. */
const own = ['image', 'command', 'entrypoint', 'user'] as const;
/** What a step may use, which is what its container may use. */
const limits = ['memory', 'cpus', 'memory_reservation', 'cpu_shares'];
/** What says nothing of a step. */
const beside = ['stop_timeout', 'labels', 'restart', 'health', ...limits];

/** Whether an init container can be a step before a container: it needs no variable and no mount which that has not. */
export function isStep(draft: KubeContainer, container: KubeContainer): boolean {
  return Object.entries(draft.native).every(([key, value]) => {
    if ((own as readonly string[]).includes(key) || beside.includes(key)) return true;
    const other = container.native[key];
    if (Array.isArray(value))
      return value.every((item) => Array.isArray(other) && other.some((each) => isSame(each, item)));
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).every(([name, item]) =>
        isSame((other as Record<string, unknown> | undefined)?.[name], item),
      );
    return isSame(other, value);
  });
}

/** Whether an init container asks for other resources than the container whose step it is. */
export function hasOtherLimits(draft: KubeContainer, container: KubeContainer): boolean {
  return limits.some(
    (key) => draft.native[key] !== undefined && !isSame(draft.native[key], container.native[key]),
  );
}

/** The init container as a step of the native form. */
export function stepOf({ native }: KubeContainer): Readonly<Record<string, unknown>> {
  return Object.fromEntries(own.flatMap((key) => (native[key] === undefined ? [] : [[key, native[key]]])));
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
