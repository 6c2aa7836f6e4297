import type { GraphEdge, GraphNode, Relation } from './graph.ts';

const relationWords: Readonly<Record<Relation, string>> = {
  requires: 'requires',
  wants: 'wants',
  after: 'after',
  before: 'before',
  part_of: 'stops with',
  network_mode: 'shares the network of',
  conflicts: 'conflicts',
};

/** The name of a node with the number of its copies. */
export function nodeName({ label, copies }: GraphNode): string {
  return copies === 1 ? label : `${label} ×${String(copies)}`;
}

/** What an edge says, for its label: the awaited state, and the relation where that alone would not tell it. */
export function edgeWords({ relations, awaited }: GraphEdge): string {
  const told = relations.filter((relation) => !['requires', 'after', 'before'].includes(relation));
  return [...(awaited === null ? [] : [awaited]), ...told.map((relation) => relationWords[relation])].join(
    ', ',
  );
}

/** Whether the second cannot do without the first, or only comes later. */
export function isBinding({ relations }: GraphEdge): boolean {
  return relations.includes('requires');
}

/** What one relation is called in a sentence about a container. */
export function relationWord(relation: Relation): string {
  return relationWords[relation];
}
