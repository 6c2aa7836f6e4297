import type { PortMapping } from './container.ts';

/** A published port as `docker run -p` spells it. */
export function portText(port: PortMapping): string {
  const address = port.hostIp.includes(':') ? `[${port.hostIp}]` : port.hostIp;
  const protocol = port.protocol === 'tcp' ? '' : `/${port.protocol}`;
  return `${address === '' ? '' : `${address}:`}${String(port.hostPort)}:${String(port.containerPort)}${protocol}`;
}
