import type { Path } from '../document.ts';
import type { Fields, ForeignReader } from '../foreign/foreign-reader.ts';

/** The protocol of a port as the end of a published one: nothing for TCP, which holds without it, else `/udp`. */
export function protocolOf(reader: ForeignReader, fields: Fields, at: Path): string {
  const protocol = reader.oneOf(fields, 'protocol', at, ['TCP', 'UDP', 'SCTP']);
  return protocol === undefined || protocol === 'TCP' ? '' : `/${protocol.toLowerCase()}`;
}
