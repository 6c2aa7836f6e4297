import type { AppRequest } from '../../model/app.ts';
import type { ContainerRequest, ContainerSpec } from '../../model/container.ts';
import { instanceName } from '../../model/instance-name.ts';
import { portText } from '../../model/port-text.ts';
import { isSystemdUnit } from '../../model/systemd-unit.ts';

/** The keys of a descriptor that relate a container to others, the most binding first. */
const relationKeys = [
  'requires',
  'wants',
  'after',
  'before',
  'part_of',
  'network_mode',
  'conflicts',
] as const;
export type Relation = (typeof relationKeys)[number];

/** What has to have happened to the one before the other starts. */
type Awaited = 'started' | 'ready' | 'success';

/** A thing of an app's graph: a container with all its copies, or what a container of it names outside. */
export interface GraphNode {
  /** The full name without a copy's number, or the unit. */
  readonly id: string;
  readonly label: string;
  readonly kind: 'container' | 'job' | 'scheduled' | 'unit' | 'elsewhere';
  readonly copies: number;
  readonly image: string | null;
  readonly ports: readonly string[];
  readonly schedule: string | null;
  /** By the engine's names. */
  readonly networks: readonly string[];
}

/** What one thing says about another. `first` starts before `second` where something is awaited. */
export interface GraphEdge {
  readonly first: string;
  readonly second: string;
  readonly relations: readonly Relation[];
  readonly awaited: Awaited | null;
}

/** An app's containers and what they stand in relation to; `order` gives each node its step of the start, from 0. */
export interface AppGraph {
  readonly app: string;
  readonly source: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly networks: readonly { readonly name: string; readonly external: boolean }[];
}

/** The graph of an app, in the order of its descriptor. */
export function graphOf(app: AppRequest): AppGraph {
  const first = new Map<string, ContainerRequest>();
  const copies = new Map<string, number>();
  const ids = new Map<string, string>();
  for (const request of app.containers) {
    const id = idOf(request);
    if (!first.has(id)) first.set(id, request);
    copies.set(id, (copies.get(id) ?? 0) + 1);
    ids.set(instanceName(request), id);
  }
  const own = [...first].map(([id, request]) => containerNode(id, request, copies.get(id) ?? 1));
  const nodes = new Map(own.map((node) => [node.id, node]));
  const edges = new Map<string, GraphEdge>();
  for (const [id, { spec }] of first) {
    for (const relation of relationKeys) {
      for (const name of namesOf(spec, relation)) {
        const other = ids.get(name) ?? name;
        if (!nodes.has(other)) nodes.set(other, outsideNode(other));
        addEdge(edges, relation, id, other, { own: first.get(id), other: first.get(other) });
      }
    }
  }
  const used = new Set(own.flatMap((node) => node.networks));
  return {
    app: app.app,
    source: app.source,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    networks: [...used].map((name) => ({
      name,
      external: app.networks.some((network) => network.name === name && network.external === true),
    })),
  };
}

function idOf({ app, container }: ContainerRequest): string {
  return instanceName({ app, container });
}

function containerNode(id: string, { container, spec }: ContainerRequest, copies: number): GraphNode {
  return {
    id,
    label: container,
    kind: spec.schedule === undefined ? (spec.job === true ? 'job' : 'container') : 'scheduled',
    copies,
    image: spec.image,
    ports: spec.ports.map(portText),
    schedule: spec.schedule ?? null,
    networks: (spec.networks ?? []).map(({ name }) => name),
  };
}

function outsideNode(id: string): GraphNode {
  const kind = isSystemdUnit(id) ? 'unit' : 'elsewhere';
  return { id, label: id, kind, copies: 1, image: null, ports: [], schedule: null, networks: [] };
}

function namesOf(spec: ContainerSpec, relation: Relation): readonly string[] {
  if (relation === 'network_mode') return [/^container:(.+)$/.exec(spec.networkMode ?? '')?.[1] ?? []].flat();
  return relation === 'part_of' ? (spec.partOf ?? []) : (spec[relation] ?? []);
}

/** Several relations of the same two are one edge. What a container requires or is after, starts before it. */
function addEdge(
  edges: Map<string, GraphEdge>,
  relation: Relation,
  id: string,
  other: string,
  requests: { readonly own: ContainerRequest | undefined; readonly other: ContainerRequest | undefined },
): void {
  const [first, second] = relation === 'before' ? [id, other] : [other, id];
  const key = `${first}\n${second}`;
  const known = edges.get(key);
  if (known?.relations.includes(relation) === true) return;
  const awaited = awaitedBy(relation, requests);
  edges.set(key, {
    first,
    second,
    relations: [...(known?.relations ?? []), relation],
    awaited: known?.awaited ?? awaited,
  });
}

/** What shares a network needs the other to run, not to be ready: each may wait for the other's port. */
function awaitedBy(
  relation: Relation,
  {
    own,
    other,
  }: { readonly own: ContainerRequest | undefined; readonly other: ContainerRequest | undefined },
): Awaited | null {
  if (relation === 'network_mode') return 'started';
  if (relation === 'before') return awaitedOf(own);
  return relation === 'requires' || relation === 'after' ? awaitedOf(other) : null;
}

/** A check of the image's own is not known here: only the host has the image. */
function awaitedOf(request: ContainerRequest | undefined): Awaited {
  if (request?.spec.job === true) return 'success';
  return request?.spec.health?.command === undefined ? 'started' : 'ready';
}
