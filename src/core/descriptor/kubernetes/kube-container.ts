import type { Path } from '../document.ts';
import { ContainerDraft } from '../foreign/container-draft.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';
import type { Cluster } from './cluster.ts';
import type { PodFacts } from './pod-facts.ts';

/** A pod as its containers see it: one copy of a workload, or all of its copies where they do not differ. */
export interface Pod extends PodFacts {
  readonly spec: Fields;
  readonly path: Path;
  /** What is mounted by the names of its volumes. */
  readonly volumes: ReadonlyMap<string, Source>;
  readonly copies: number;
  /** It runs to its end. */
  readonly job: boolean;
}

/** A volume of a pod, and where it stands. */
export type Source =
  | { readonly kind: 'mount'; readonly source: string; readonly readOnly?: boolean }
  | { readonly kind: 'tmpfs'; readonly options: readonly string[] }
  | { readonly kind: 'files'; readonly contents: Readonly<Record<string, string>>; readonly mode?: string }
  | { readonly kind: 'secrets'; readonly secret: string }
  | { readonly kind: 'none' };

/** Reads one container of a pod into one of the native form. */
export class KubeContainer extends ContainerDraft {
  readonly cluster: Cluster;
  readonly pod: Pod;
  readonly fields: Fields;
  readonly path: Path;
  /** The container whose network it uses, where that is not its own. */
  holder?: KubeContainer;

  constructor(
    reader: ForeignReader,
    cluster: Cluster,
    pod: Pod,
    { name, fields, path }: { readonly name: string; readonly fields: Fields; readonly path: Path },
  ) {
    super(reader, name, path);
    this.cluster = cluster;
    this.pod = pod;
    this.fields = fields;
    this.path = path;
  }

  /** The variables so far, as `$(NAME)` fills them. */
  get variables(): Readonly<Record<string, unknown>> {
    return (this.native['env'] ?? {}) as Readonly<Record<string, unknown>>;
  }
}
