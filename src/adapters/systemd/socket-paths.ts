import { BusError } from './bus-error.ts';

/** Where a system bus listens unless DBUS_SYSTEM_BUS_ADDRESS says otherwise ("Well-known Message Bus Instances"). */
export const SYSTEM_BUS_ADDRESS = 'unix:path=/run/dbus/system_bus_socket';

/** Where the bus of a user listens, from the user's XDG_RUNTIME_DIR (systemd's dbus.socket for users). */
export function userBusAddress(runtime: string): string {
  return `unix:path=${encodeURI(runtime)}/bus`;
}

/**
 * The socket paths in a D-Bus address, in the order in which they are to be tried ("Server Addresses").
 * Only `unix:path=` is understood; an address without one is a BusError `gear.NoBus`.
 */
export function socketPaths(address: string): readonly string[] {
  const paths = address.split(';').flatMap((entry) => {
    if (!entry.startsWith('unix:')) return [];
    const pairs = entry.slice('unix:'.length).split(',');
    return pairs.flatMap((pair) => (pair.startsWith('path=') ? [unescaped(pair.slice('path='.length))] : []));
  });
  if (paths.length > 0) return paths;
  throw new BusError('gear.NoBus', `the D-Bus address '${address}' names no unix:path=`);
}

function unescaped(value: string): string {
  // Decoded as bytes: a path need not be UTF-8 pieces that decodeURIComponent would accept.
  const bytes = value.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
