import type { CustomTemplate } from '../core/render/custom/custom-template.ts';
import type { Manifest } from '../core/model/manifest.ts';
import type { Clock } from '../ports/clock.ts';
import type { Host } from '../ports/host.ts';
import type { ImageSource } from '../ports/image-source.ts';
import type { Emit } from '../report/events.ts';

/** What every flow is given: the host, the time, where events go, and who asks for what. */
export interface FlowContext {
  readonly host: Host;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  /** The command as typed, without values of the environment, e.g. `install web`. */
  readonly command: string;
  /** The user who asks, e.g. `root` or `anna (sudo)`. */
  readonly by: string;
  /** Images of where gear is typed, for a host that lacks one; absent where that is this host. */
  readonly imagesHere?: ImageSource;
  /** Images of the host that an app comes from; absent where it comes from none. */
  readonly imagesThere?: ImageSource;
  /** Told after every effect; the fault tests stop the process in it. */
  readonly onEffect?: () => void;
  /** Told what the host has, after each change of it; returns at once. Absent: it is this machine. */
  readonly keep?: (manifest: Manifest) => void;
  readonly pid: number;
  /** The words that call this gear again. */
  readonly self: readonly string[];
  /** Templates that the command was given for the host. */
  readonly templates?: readonly CustomTemplate[];
  /** The version of gear. */
  readonly version: string;
}
