import { superVolumes } from '../super.ts';
import type { AppInput, ContainerInput } from './schema.ts';

/** The input with what `super: true` stands for written out; what a container says itself holds. */
export function expandSuper(input: AppInput): AppInput {
  const entries = Object.entries(input.containers);
  if (!entries.some(([, container]) => container.super === true)) return input;
  return { ...input, containers: Object.fromEntries(entries.map(([name, each]) => [name, expanded(each)])) };
}

function expanded(container: ContainerInput): ContainerInput {
  if (container.super !== true) return container;
  const { volumes = [] } = container;
  const options = { privileged: true, pid: 'host', ipc: 'host' };
  const network = container.networks === undefined ? { network_mode: 'host' } : {};
  // Behind the others: a mistake in one of them is told with its place in the list.
  return { ...options, ...network, ...container, volumes: [...volumes, ...superVolumes] };
}
