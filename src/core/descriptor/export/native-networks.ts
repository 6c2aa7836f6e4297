import { appNetworkName } from '../../model/app.ts';
import type { ContainerRequest, NetworkUse } from '../../model/container.ts';
import type { ExportContext } from './export-context.ts';
import { literal, present, type Written } from './written.ts';

/** The keys `networks` or `network_mode` of a container; none where it is on the app's own network alone. */
export function nativeNetworks(
  { container, spec }: ContainerRequest,
  context: ExportContext,
): Readonly<Record<string, Written | undefined>> {
  if (spec.networkMode !== undefined) return { network_mode: literal(shortMode(spec.networkMode, context)) };
  if (spec.networks === undefined) return { network_mode: 'bridge' };
  const uses = spec.networks.map((use): readonly [string, Readonly<Record<string, Written>>] => {
    if (!use.aliases.includes(container))
      context.notes.push(`${container} will also be known by its name on the network ${use.name}`);
    return [context.networkKeys.get(use.name)?.key ?? use.name, useValue(use, container, spec.containerName)];
  });
  const plain = uses.every(([, use]) => Object.keys(use).length === 0);
  const [only] = spec.networks;
  if (plain && uses.length === 1 && only?.name === appNetworkName(context.app.app)) return {};
  return { networks: plain ? uses.map(([key]) => key) : Object.fromEntries(uses) };
}

/** What is said of a network beyond that it is joined. The container's own names are aliases without being told. */
function useValue(
  { aliases, ip, ip6 }: NetworkUse,
  container: string,
  called?: string,
): Readonly<Record<string, Written>> {
  const isOwn = (alias: string): boolean =>
    alias === container ||
    alias === called ||
    (alias.startsWith(`${container}-`) && /^\d+$/.test(alias.slice(container.length + 1)));
  const further = aliases.filter((alias) => !isOwn(alias));
  return present({ aliases: further.length === 0 ? undefined : further, ip, ip6 });
}

/** container:NAME of the app's own by the name that it has in the descriptor. */
function shortMode(mode: string, { owners, copies }: ExportContext): string {
  const target = mode.startsWith('container:') ? mode.slice('container:'.length) : undefined;
  const own = target === undefined ? undefined : owners.get(target);
  return own !== undefined && copies.get(own)?.length === 1 ? `container:${own}` : mode;
}
