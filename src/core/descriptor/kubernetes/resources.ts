import type { Path } from '../document.ts';
import { type Field, kept } from './field.ts';
import type { KubeContainer } from './kube-container.ts';
import { parseQuantity } from './quantity.ts';

/** What a container may use at most, and what it is left with. */
export const resourceField: Field<KubeContainer> = kept(
  'resources',
  'memory, cpus, memory_reservation, cpu_shares, gpus',
  (container, value, path) => {
    const { reader } = container;
    const fields = reader.fields(value, path, ['limits', 'requests', 'claims']) ?? {};
    if (fields['claims'] !== undefined)
      container.refuse([...path, 'claims'], 'devices are claimed in a cluster', 'name them with devices');
    for (const kind of ['limits', 'requests'] as const)
      for (const [name, text, at] of fields[kind] === undefined
        ? []
        : reader.pairs(fields[kind], [...path, kind])) {
        const amount = parseQuantity(text ?? '');
        if (amount === undefined)
          reader.fail(
            at,
            'VALUE_INVALID',
            `"${text ?? ''}" is no quantity`,
            'write it as 500m, 0.5 or 512Mi',
          );
        else if (amount > 0) setResource(container, kind, name, amount, at);
      }
  },
  'storage is left out; nvidia.com/gpu becomes gpus',
);

function setResource(
  container: KubeContainer,
  kind: 'limits' | 'requests',
  name: string,
  amount: number,
  at: Path,
): void {
  if (name === 'memory')
    container.set(kind === 'limits' ? 'memory' : 'memory_reservation', `${String(Math.ceil(amount))}b`, at);
  else if (name === 'cpu' && kind === 'limits') container.set('cpus', Math.ceil(amount * 1000) / 1000, at);
  // What kubelet asks of the kernel: 1024 shares are one processor, 2 are the least.
  else if (name === 'cpu') container.set('cpu_shares', String(Math.max(2, Math.floor(amount * 1024))), at);
  else if (name === 'nvidia.com/gpu') container.set('gpus', String(amount), at);
  else container.approximate(at, `left out: the engine limits no ${name}`);
}
