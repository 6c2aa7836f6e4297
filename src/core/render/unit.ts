/** A rendered file of a generation: `name` is the unit's file name, e.g. ctr-web.service. */
export interface RenderedUnit {
  readonly name: string;
  readonly text: string;
  /** Hash of the text; also in the unit as GEAR_TEXT, so that what systemd has loaded can be compared. */
  readonly hash: string;
}

/** A unit of a new generation: rendered, or with the text that the present generation has, which is null here. */
export interface DeclaredUnit extends Omit<RenderedUnit, 'text'> {
  readonly text: string | null;
}

/** What rendering needs to know of the host. */
export interface RenderTarget {
  readonly systemdVersion: number;
  /** Absolute path of the engine's command. */
  readonly engineCommand: string;
  /** Docker's live-restore: decides between Requires= and Wants= on docker.service. */
  readonly liveRestore: boolean;
}
