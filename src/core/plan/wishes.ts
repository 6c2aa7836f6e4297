import type { EngineKind } from '../model/container.ts';

/** A volume that was asked to be deleted. */
export interface VolumeToErase {
  readonly engine: EngineKind;
  readonly volume: string;
  readonly instance: string;
}

/** What a command asks of single instances beside the declared set. */
export interface Wishes {
  /** Instances that the command names: their links are mended, other people's `systemctl disable` stays. */
  readonly touched: ReadonlySet<string>;
  /** Instances to start although a person stopped them. */
  readonly start: ReadonlySet<string>;
  readonly restart: ReadonlySet<string>;
  readonly eraseVolumes: readonly VolumeToErase[];
  /** New instances that are a leaving one by another name: new name → old name. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Instances whose network is made anew, with the reason: they stop before and start after. The planner's own. */
  readonly moved: ReadonlyMap<string, string>;
  /** Instances that leave gear's hands and go on as they are. */
  readonly eject: ReadonlySet<string>;
  /** Gear's own state goes too, when nothing is declared: an eject that was cut off is finished. */
  readonly leave: boolean;
}

/** Nothing asked beyond the declared set. */
export const noWishes: Wishes = {
  touched: new Set(),
  start: new Set(),
  restart: new Set(),
  eraseVolumes: [],
  renamed: new Map(),
  moved: new Map(),
  eject: new Set(),
  leave: false,
};
