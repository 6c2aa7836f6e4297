import type { ForeignReader, Fields } from '../foreign/foreign-reader.ts';
import { type Field, kept, leftOut, near, noted, readFields } from './field.ts';
import { portOf } from './probe.ts';
import type { KubeContainer } from './kube-container.ts';
import { type KubeObject, textsOf } from './objects.ts';
import { protocolOf } from './protocol.ts';

interface ServiceReading {
  readonly reader: ForeignReader;
  readonly object: KubeObject;
  readonly spec: Fields;
  /** The containers that have the networks of the pods it selects. */
  readonly selected: readonly KubeContainer[];
}

const address = 'left out: names lead to the containers themselves';
const balancing = 'left out: the engine gives the addresses of all copies';
const everywhere = 'left out: ports are published on all addresses of the host';

/** Every field of a Service's spec. */
export const serviceFields: readonly Field<ServiceReading>[] = [
  noted('selector', 'networks'),
  near(
    'type',
    'ports',
    'NodePort and LoadBalancer publish ports of the host; ExternalName is refused',
    ({ reader, spec }, _, path) => {
      const types = ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
      if (reader.oneOf(spec, 'type', path.slice(0, -1), types) === 'ExternalName')
        reader.tell(path, 'refused', 'gear gives no names to what it does not run', 'use the name itself');
    },
  ),
  kept('ports', 'ports', readPorts, 'its name stands for the containers themselves, with their own ports'),
  near('clusterIP', '', address, ({ reader }, value, path) => {
    const text = reader.text(value, path);
    if (text !== undefined && text !== '' && text !== 'None') reader.tell(path, 'approximated', address);
  }),
  near('clusterIPs', '', address, ({ reader }, value, path) => {
    if (reader.texts(value, path).some(([text]) => text !== '' && text !== 'None'))
      reader.tell(path, 'approximated', address);
  }),
  leftOut('externalIPs', everywhere),
  leftOut('loadBalancerIP', everywhere),
  leftOut(
    'loadBalancerSourceRanges',
    'left out: whoever reaches the host reaches its ports; a firewall of the host keeps others out',
  ),
  ...['externalTrafficPolicy', 'internalTrafficPolicy', 'sessionAffinity', 'trafficDistribution'].map(
    (name) => leftOut<ServiceReading>(name, balancing, 'None', 'Cluster'),
  ),
  leftOut('sessionAffinityConfig', balancing),
  kept(
    'publishNotReadyAddresses',
    '',
    ({ reader }, value, path) => void reader.toggle(value, path),
    'names lead to containers that are not ready, too',
  ),
  leftOut('ipFamilies', 'left out: the network of the app has what the engine gives it'),
  leftOut('ipFamilyPolicy', 'left out: the network of the app has what the engine gives it', 'SingleStack'),
  leftOut('allocateLoadBalancerNodePorts', 'left out: the port itself is published', false),
  leftOut('healthCheckNodePort', 'left out: it belongs to a cluster'),
  leftOut('loadBalancerClass', 'left out: it belongs to a cluster'),
  leftOut('externalName', 'left out: use the name itself'),
];

/** Reads a Service: its names are those of the containers that it selects. */
export function readService(
  reader: ForeignReader,
  object: KubeObject,
  holders: readonly KubeContainer[],
): void {
  const { fields, path, name, namespace } = object;
  reader.fields(fields, path, ['apiVersion', 'kind', 'metadata', 'spec', 'status']);
  if (fields['status'] !== undefined)
    reader.tell([...path, 'status'], 'approximated', 'left out: it belongs to a cluster');
  const at = [...path, 'spec'];
  const spec = reader.fields(fields['spec'] ?? {}, at) ?? {};
  const selector = Object.entries(textsOf(reader, spec['selector'], [...at, 'selector']));
  const selected = holders.filter(
    ({ pod }) =>
      selector.length > 0 &&
      pod.namespace === namespace &&
      selector.every(([key, text]) => pod.labels[key] === text),
  );
  if (selected.length === 0) reader.tell(path, 'approximated', 'left out: it selects none of these pods');
  const names = [
    name,
    `${name}.${namespace}`,
    `${name}.${namespace}.svc`,
    `${name}.${namespace}.svc.cluster.local`,
  ];
  for (const container of selected) addNames(container, names, path);
  readFields({ reader, object, spec, selected }, fields['spec'] ?? {}, at, serviceFields);
}

/** Further names of a container on the network of the app. */
export function addNames(
  container: KubeContainer,
  names: readonly string[],
  path: readonly (string | number)[],
): void {
  if (container.native['network_mode'] !== undefined) return;
  const networks = (container.native['networks'] ?? {}) as Readonly<
    Record<string, { readonly aliases?: readonly string[] }>
  >;
  container.put(
    'networks',
    'default',
    { aliases: [...new Set([...(networks['default']?.aliases ?? []), ...names])] },
    path,
  );
}

function readPorts(
  { reader, object, spec, selected }: ServiceReading,
  value: unknown,
  path: readonly (string | number)[],
): void {
  const keys = ['name', 'protocol', 'appProtocol', 'port', 'targetPort', 'nodePort'];
  const published = spec['type'] === 'NodePort' || spec['type'] === 'LoadBalancer';
  for (const [item, at] of reader.list(value, path)) {
    const fields = reader.fields(item, at, keys) ?? {};
    for (const key of ['name', 'appProtocol']) reader.textOf(fields, key, at);
    const protocol = protocolOf(reader, fields, at);
    const port = reader.number(fields['port'], [...at, 'port']);
    const [container, ...others] = selected;
    if (port === undefined || container === undefined) continue;
    const target = portOf(container, fields['targetPort'] ?? port, [...at, 'targetPort']);
    if (target === undefined) continue;
    if (target !== port)
      reader.tell(
        [...at, 'port'],
        'approximated',
        `${object.name} is asked at ${String(target)}, the port of the container itself`,
      );
    const given = fields['nodePort'] === null ? undefined : reader.textOf(fields, 'nodePort', at);
    if (given !== undefined && spec['type'] !== 'NodePort')
      reader.tell(
        [...at, 'nodePort'],
        'approximated',
        published ? `left out: ${String(port)} is published itself` : 'left out: type: NodePort publishes it',
      );
    if (!published) continue;
    const node = spec['type'] === 'NodePort' ? (given ?? '0') : String(port);
    if ((others.length > 0 || container.pod.copies > 1) && node !== '0')
      reader.tell(
        at,
        'approximated',
        'not published: copies cannot share a port of the host; put a proxy before them',
      );
    else if (container.native['network_mode'] === undefined)
      container.add('ports', `${node}:${String(target)}${protocol}`, at);
  }
}
