import type { EngineKind } from '../core/model/container.ts';

/** An image that was fetched. `changed`: the host did not have it so. */
export interface PulledImage {
  readonly image: string;
  readonly engine: EngineKind;
  readonly id: string;
  readonly digest: string | null;
  readonly changed: boolean;
}

/** An image that was sent to a host, or that the host had. */
export interface PushedImage {
  readonly image: string;
  readonly engine: EngineKind;
  readonly id: string;
  /** All layers of the image, and those that had to travel, with their bytes, compressed. */
  readonly layers: number;
  readonly sentLayers: number;
  readonly sentBytes: number;
  /** Layers that the host had were sent too, because its engine does not look for them. */
  readonly whole: boolean;
  /** False: the host had the image. */
  readonly changed: boolean;
  readonly elapsedMs: number;
}
