import type { SourceFile } from '../document.ts';
import type { NativeContext } from '../native/scope.ts';

/** What a file of another format refers to in the place where it lies. */
export interface ForeignContext extends Omit<NativeContext, 'files'> {
  /** The files beside it by absolute path, read when they are asked for. */
  readonly files: { readonly get: (path: string) => SourceFile | undefined };
}
