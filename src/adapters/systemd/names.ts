/** systemd's names on the bus, as org.freedesktop.systemd1(5) has them. */
export const SYSTEMD = 'org.freedesktop.systemd1';

/** The manager object, to spread into a method call. */
export const MANAGER = {
  destination: SYSTEMD,
  path: '/org/freedesktop/systemd1',
  interface: 'org.freedesktop.systemd1.Manager',
} as const;

export const PROPERTIES = 'org.freedesktop.DBus.Properties';
