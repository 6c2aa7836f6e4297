import { lose, mapOf, type Native, textsOf, type Writing } from '../foreign/foreign-writer.ts';

/** A service while a container is written as one. */
export interface ServiceWriting {
  readonly writing: Writing;
  readonly service: Record<string, unknown>;
  /** Top-level maps that services add to. */
  readonly top: { readonly configs: Record<string, unknown>; readonly secrets: Record<string, unknown> };
}

/** Why what is about units and other apps is lost. */
export const noUnits = 'Compose knows no units and no other apps';

/** What a service says of a network that it joins; null for nothing. */
export function useOf({ aliases, ip, ip6 }: Native): unknown {
  const use = {
    ...(aliases === undefined ? {} : { aliases }),
    ...(ip === undefined ? {} : { ipv4_address: ip }),
    ...(ip6 === undefined ? {} : { ipv6_address: ip6 }),
  };
  return Object.keys(use).length === 0 ? null : use;
}

/** Adds to what the service says of its deployment. */
export function deploy({ service }: ServiceWriting, part: Native): void {
  service['deploy'] = { ...mapOf(service['deploy']), ...part };
}

/** Adds to what the service says of its disks. */
export function blkio({ service }: ServiceWriting, key: string, value: unknown): void {
  service['blkio_config'] = { ...mapOf(service['blkio_config']), [key]: value };
}

/** `/dev/sda:12` as Compose has it: the path, and what is said of it. */
export function devices(value: unknown, what: string): readonly Native[] {
  return textsOf(value).map((text) => {
    const mark = text.lastIndexOf(':');
    return { path: text.slice(0, mark), [what]: text.slice(mark + 1) };
  });
}

/** Adds what the service depends on; containers of other apps, and units, are lost. */
export function depend(
  { service, writing }: ServiceWriting,
  key: 'after' | 'requires' | 'part_of',
  value: unknown,
): void {
  const containers = mapOf(writing.app['containers']);
  const before = mapOf(service['depends_on']);
  const given: Record<string, unknown> = { ...before };
  for (const name of textsOf(value)) {
    const other = Object.hasOwn(containers, name) ? mapOf(containers[name]) : undefined;
    if (other === undefined) {
      lose(writing, key, `${name} is left out: ${noUnits}`, 'refused');
      continue;
    }
    const known = mapOf(given[name]);
    const checked = other['health'] !== undefined && other['health'] !== false;
    const condition =
      other['job'] === true
        ? 'service_completed_successfully'
        : key === 'requires' && checked
          ? 'service_healthy'
          : (known['condition'] ?? 'service_started');
    given[name] = { ...known, condition, ...(key === 'part_of' ? { restart: true } : {}) };
    if (key === 'requires' && condition === 'service_started') lose(writing, key, `${name} only comes first`);
  }
  if (Object.keys(given).length > 0) service['depends_on'] = given;
}
