import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import type { ContainerDraft } from './container-draft.ts';

const mostPorts = 1000;
/** A port as `docker run --publish` takes it, or as many as its ranges have. */
export function publishText(draft: ContainerDraft, text: string, at: Path): void {
  const [, rest = '', protocol = ''] = /^(.*?)(\/\w+)?$/s.exec(text) ?? [];
  const [, address = '', host = '', container = rest] =
    /^(?:((?:\[[^\]]*\]|[^:[\]]+|(?:[0-9a-f]*:){2,}[0-9a-f]*):))?(?:([\d-]*):)?([\d-]+)$/i.exec(rest) ?? [];
  // Two parts are HOST:CONTAINER, not an address.
  if (/^[\d-]+:$/.test(address) && host === '')
    publish(draft, { address: '', host: address.slice(0, -1), container, protocol }, at);
  else publish(draft, { address, host, container, protocol }, at);
}

/** The parts of a port; `address` with its colon, `protocol` with its slash, '' where there is none. */
interface Parts {
  readonly address: string;
  readonly host: string;
  readonly container: string;
  readonly protocol: string;
}

/** One port, or as many as a range of both has. */
export function publish(
  draft: ContainerDraft,
  { address, host, container, protocol }: Parts,
  at: Path,
): void {
  const containers = rangeOf(container);
  // 0 is any free port, which stays.
  const hosts = host === '' && containers !== undefined ? { first: 0, size: containers.size } : rangeOf(host);
  if (hosts === undefined || containers === undefined || Math.max(hosts.size, containers.size) > mostPorts) {
    const given = `${address}${host}${host === '' ? '' : ':'}${container}${protocol}`;
    const wrong = hosts === undefined || containers === undefined;
    draft.reader.fail(
      at,
      'VALUE_INVALID',
      wrong ? `${quote(given)} is not a port` : `${quote(given)} is more than ${String(mostPorts)} ports`,
      wrong ? 'write it as "8080:80"' : 'publish those that are asked for from outside',
    );
    return;
  }
  const copies = Number(draft.native['count'] ?? 1);
  if (copies > 1 && hosts.size === copies && containers.size === 1) {
    draft.add('ports', `${address}${host}:${container}${protocol}`, at);
  } else if (hosts.size === containers.size) {
    for (let index = 0; index < hosts.size; index++)
      draft.add(
        'ports',
        `${address}${String(hosts.first === 0 ? 0 : hosts.first + index)}:${String(containers.first + index)}${protocol}`,
        at,
      );
  } else if (containers.size === 1) {
    draft.add('ports', `${address}${String(hosts.first)}:${container}${protocol}`, at);
    draft.approximate(at, `the first port of the range, ${String(hosts.first)}: gear takes none by chance`);
  } else
    draft.reader.fail(
      at,
      'VALUE_INVALID',
      'the two ranges have different lengths',
      'write ranges of the same length',
    );
}

function rangeOf(text: string): { readonly first: number; readonly size: number } | undefined {
  const [, first = '', last = first] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const size = Number(last) - Number(first) + 1;
  return first === '' || size < 1 ? undefined : { first: Number(first), size };
}
