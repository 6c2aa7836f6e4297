import { quote } from '../../../errors/quote.ts';
import type { ContainerSpec, PortMapping } from '../../model/container.ts';
import { portsOverlap, portText } from '../../model/ports.ts';
import type { ErrorCode } from '../../../errors/codes.ts';
import type { Path } from '../document.ts';
import type { ContainerInput } from './schema.ts';
import type { Findings } from './findings.ts';

/** What of one container contradicts itself: each key is fine, and together they have no meaning. Of keys that are wrong themselves nothing is said. */
export function noteContradictions(
  findings: Findings,
  name: string,
  input: ContainerInput,
  spec: ContainerSpec,
): void {
  const at = ['containers', name];
  const refuse = (path: Path, message: string, next: string, code: ErrorCode = 'VALUE_INVALID') =>
    findings.refuse(findings.asWritten([...at, ...path]), code, message, next, 'key');
  noteRuns(input, refuse);
  if (input.container_name !== undefined && Number(input.count ?? 1) > 1)
    refuse(
      ['container_name'],
      `one name cannot be that of ${String(input.count)} copies`,
      'take container_name away, or count',
    );
  if (input.reload !== undefined && spec.files === undefined && !findings.isWrong([...at, 'files']))
    refuse(
      ['reload'],
      'there is nothing to reload: the container has no files',
      'give it files, or take reload away',
    );
  const mode = spec.networkMode;
  if (mode !== undefined && spec.ports.length > 0)
    refuse(
      ['ports'],
      `ports are not published with network_mode ${mode}`,
      mode === 'host' ? 'take ports away: it listens on the host itself' : 'take one of them away',
    );
  const byPort = new Map<number, PortMapping[]>();
  for (const [index, port] of spec.ports.entries()) {
    const others = byPort.get(port.hostPort) ?? [];
    const earlier = others.find((other) => portsOverlap(port, other));
    byPort.set(port.hostPort, others);
    others.push(port);
    if (earlier === undefined) continue;
    refuse(
      ['ports', index],
      `host port ${port.hostPort}/${port.protocol} is given twice`,
      `take one of them away: ${portText(earlier)} is the other`,
      'PORT_TAKEN',
    );
  }
  noteRepeatedTargets(spec, refuse);
}

type Refuse = (path: Path, message: string, next: string, code?: ErrorCode) => void;

function noteRuns({ job, schedule, restart, health, reload }: ContainerInput, refuse: Refuse): void {
  if (schedule === undefined && job !== true) return;
  const key = schedule === undefined ? 'job' : 'schedule';
  if (schedule !== undefined && job !== undefined)
    refuse(
      ['job'],
      'job and schedule exclude each other',
      'take job away: what has a schedule runs to its end each time',
    );
  const policy = typeof restart === 'object' ? restart.policy : restart;
  // systemd.service(5): a oneshot service has no Restart=always.
  if (policy === 'always' || policy === 'unless-stopped')
    refuse(
      ['restart'],
      `restart: ${policy} would start a container with ${key} again after its success`,
      'use on-failure or no',
    );
  if (health !== undefined && health !== false)
    refuse(
      ['health'],
      `a container with ${key} has no health check: its success is what counts`,
      'take health away',
    );
  if (reload !== undefined)
    refuse(['reload'], `a container with ${key} reads its files at each run`, 'take reload away');
}

function noteRepeatedTargets(spec: ContainerSpec, refuse: Refuse): void {
  if (spec.mounts.length + (spec.tmpfs ?? []).length + (spec.files ?? []).length < 2) return;
  const places = [
    ...spec.mounts.map(({ target }, index) => ({ target, path: ['volumes', index] })),
    ...(spec.tmpfs ?? []).map(({ target }) => ({ target, path: ['tmpfs'] })),
    ...(spec.files ?? []).map(({ target }) => ({ target, path: ['files'] })),
  ];
  const seen = new Set<string>();
  for (const { target, path } of places) {
    if (seen.has(target)) refuse(path, `two things are mounted on ${quote(target)}`, 'take one of them away');
    seen.add(target);
  }
}
