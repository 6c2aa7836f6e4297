import type { ImageFacts } from './engine.ts';

/** A layer of an image, ready to travel. */
export interface PackedLayer {
  /** Compressed by gzip. */
  readonly sizeBytes: number;
  /** May be read as often as there are hosts for it. */
  read(): AsyncIterable<Uint8Array>;
}

/** What an image is beside its layers. */
export interface ImageFrame {
  /** Its configuration, byte for byte, and the digest of that, which most engines have for the ID of the image. */
  readonly config: { readonly content: Uint8Array; readonly digest: string };
  /** The bytes of each layer, uncompressed. */
  readonly layerBytes: ReadonlyMap<string, number>;
}

/** An image where gear is typed, or on a host that passes it on. */
export interface SourceImage {
  readonly facts: ImageFacts;
  /** Reads the image once for these layers, whoever else asks for them too; a layer is ready before the frame is. */
  open(layers: readonly string[]): {
    readonly layer: (digest: string) => Promise<PackedLayer>;
    readonly frame: Promise<ImageFrame>;
  };
}

/** Where images come from that are sent to hosts. */
export interface ImageSource {
  /** The image of that name; null when no engine there has it. FailureError when an engine cannot be asked. */
  find(reference: string): Promise<SourceImage | null>;
}
