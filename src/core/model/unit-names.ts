/** The unit that runs an instance. */
export function unitName(instance: string): string {
  return `ctr-${instance}.service`;
}

/** The unit whose success says that an instance is ready; exists where there is a check. */
export function readyUnitName(instance: string): string {
  return `ctr-${instance}-ready.service`;
}

/** The unit that starts a scheduled instance; exists where there is a schedule. */
export function timerUnitName(instance: string): string {
  return `ctr-${instance}.timer`;
}

/** Docker: the container of one form of an instance, kept over stops. */
export function dockerContainerName(instance: string, hash: string): string {
  return `ctr-${instance}.${hash}`;
}

/** Podman: made anew at each start, so one name serves every form. */
export function podmanContainerName(instance: string): string {
  return `ctr-${instance}`;
}

/**
 * The syslog identifiers of what a unit of gear says: its SyslogIdentifier=, and the container's name, with which
 * Podman's conmon writes. What else writes from its cgroup (the engine itself) is not the container's.
 */
export function logIdentifiers(unit: string): readonly string[] {
  const instance = unit.replace(/^ctr-/, '').replace(/(-ready)?\.service$/, '');
  return [instance, podmanContainerName(instance)];
}
