/** What makes two items of a list the same thing. */
export type Identity = (item: unknown) => string;

function field(item: unknown, name: string): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const value = (item as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

/** The whole item: only a repetition is left out. */
const whole: Identity = (item) => (typeof item === 'string' ? item : JSON.stringify(item));
/** SOURCE:TARGET[:OPTIONS], or TARGET alone: one thing per place in the container. */
const mountTarget: Identity = (item) => {
  if (typeof item !== 'string') return field(item, 'target') ?? whole(item);
  const [first = '', second] = item.split(':');
  return second?.startsWith('/') === true ? second : first;
};
const named: Identity = (item) => field(item, 'name') ?? whole(item);
const target: Identity = (item) => field(item, 'target') ?? whole(item);
const path: Identity = (item) => (typeof item === 'string' ? (item.split(':')[0] ?? item) : whole(item));
const pair: Identity = (item) => (typeof item === 'string' ? (item.split('=')[0] ?? item) : whole(item));

/**
 * The lists of a container that are sets: an overlay adds to them, and replaces the item with the same identity. Every
 * other list, such as a command, is replaced as a whole.
 */
export const containerSets: Readonly<Record<string, Identity>> = {
  ports: whole,
  volumes: mountTarget,
  files: target,
  secrets: named,
  env: pair,
  env_file: whole,
  networks: named,
  tmpfs: path,
  labels: pair,
  annotations: pair,
  sysctls: pair,
  ulimits: pair,
  log_options: pair,
  after: whole,
  before: whole,
  requires: whole,
  wants: whole,
  part_of: whole,
  conflicts: whole,
};
