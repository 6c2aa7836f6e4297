import { err, ok, type Result } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import type { PortMapping } from '../../model/container.ts';
import { parsePublish } from '../port-mapping.ts';
import { refuse } from '../refuse.ts';

/** `[IP:]FIRST-LAST:CONTAINER`, the way in which copies share out ports. */
const range = /^(.*:)?(\d{1,5})-(\d{1,5})(:[^:]*)$/;

/**
 * The port that each copy publishes of one entry: a fixed host port serves a single container, a range gives one to
 * each copy. PORT_TAKEN when copies would take the same, VALUE_INVALID otherwise.
 */
export function sharePort(text: string, count: number): Result<readonly PortMapping[]> {
  if (count === 1) {
    const port = parsePublish(text);
    return port.ok ? ok([port.value]) : port;
  }
  const [, address = '', first, last, rest = ''] = range.exec(text) ?? [];
  if (first === undefined || last === undefined) {
    const port = parsePublish(text);
    if (port.ok && port.value.hostPort === 0) return ok(Array.from({ length: count }, () => port.value));
    return port.ok ? err(taken(text, port.value, count)) : port;
  }
  const size = Number(last) - Number(first) + 1;
  if (size !== count)
    return refuse(
      'VALUE_INVALID',
      `${quote(text)} has ${Math.max(size, 0)} ports for ${count} copies`,
      `give as many as there are copies: "${address}${first}-${Number(first) + count - 1}${rest}"`,
    );
  const ports: PortMapping[] = [];
  for (let copy = 0; copy < count; copy++) {
    const port = parsePublish(`${address}${Number(first) + copy}${rest}`);
    if (!port.ok) return port;
    ports.push(port.value);
  }
  return ok(ports);
}

function taken(text: string, { hostPort, containerPort }: PortMapping, count: number) {
  const wider = text.replace(
    `${hostPort}:${containerPort}`,
    `${hostPort}-${hostPort + count - 1}:${containerPort}`,
  );
  return {
    code: 'PORT_TAKEN',
    message: `${count} copies cannot all have the host port ${hostPort}`,
    next: `give a range with a port for each: "${wider}"`,
  } as const;
}
