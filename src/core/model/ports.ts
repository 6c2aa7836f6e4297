import type { PortMapping } from './container.ts';

function family(hostIp: string): 'all' | 'v4' | 'v6' {
  if (hostIp === '') return 'all';
  return hostIp.includes(':') ? 'v6' : 'v4';
}

/** Whether two mappings need the same port of the same address of a host: an unspecified address holds all of its family. */
export function portsOverlap(a: PortMapping, b: PortMapping): boolean {
  if (a.hostPort === 0 || a.hostPort !== b.hostPort || a.protocol !== b.protocol) return false;
  const families = [family(a.hostIp), family(b.hostIp)];
  if (families.includes('all')) return true;
  if (families[0] !== families[1]) return false;
  return a.hostIp === b.hostIp || [a.hostIp, b.hostIp].some((ip) => ip === '0.0.0.0' || ip === '::');
}

/** As `docker run --publish` takes it: `8080:80/tcp`, `127.0.0.1:8080:80/tcp`, `[::1]:8080:80/tcp`. */
export function portText({ hostIp, hostPort, containerPort, protocol }: PortMapping): string {
  const address = hostIp.includes(':') ? `[${hostIp}]` : hostIp;
  return `${address === '' ? '' : `${address}:`}${hostPort}:${containerPort}/${protocol}`;
}
