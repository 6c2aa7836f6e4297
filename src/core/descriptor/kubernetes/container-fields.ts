import { envFields } from './env-fields.ts';
import { type Field, kept, leftOut, near, noted, refused } from './field.ts';
import type { KubeContainer } from './kube-container.ts';
import { mountFields } from './mount-fields.ts';
import { probeFields } from './probe.ts';
import { protocolOf } from './protocol.ts';
import { resourceField } from './resources.ts';
import { securityField } from './security-fields.ts';
import { fillReferences } from './variable-references.ts';

const terminal = 'left out: nobody is at a terminal of a unit';

/** Every field of a container (Kubernetes API, v1 Container), in the order in which they are read. */
export const containerFields: readonly Field<KubeContainer>[] = [
  noted('name', '', 'a part of the name'),
  kept('image', 'image', (container, value, path) => {
    const text = container.reader.text(value, path);
    if (text !== undefined) container.set('image', text, path);
  }),
  ...envFields,
  words('command', 'entrypoint'),
  words('args', 'command'),
  kept('workingDir', 'working_dir', (container, value, path) => {
    const text = container.reader.text(value, path);
    if (text !== undefined) container.set('working_dir', text, path);
  }),
  kept(
    'ports',
    'ports',
    (container, value, path) => {
      const { reader } = container;
      for (const [item, at] of reader.list(value, path)) {
        const fields =
          reader.fields(item, at, ['name', 'containerPort', 'hostPort', 'hostIP', 'protocol']) ?? {};
        const [host, ip] = [reader.textOf(fields, 'hostPort', at), reader.textOf(fields, 'hostIP', at)];
        reader.textOf(fields, 'name', at);
        const protocol = protocolOf(reader, fields, at);
        const port = reader.text(fields['containerPort'], [...at, 'containerPort']);
        const owner = container.holder ?? container;
        // On the network of the host a port is there by itself.
        if (
          host === undefined ||
          host === '0' ||
          port === undefined ||
          owner.native['network_mode'] === 'host'
        )
          continue;
        owner.add('ports', `${ip === undefined ? '' : `${ip}:`}${host}:${port}${protocol}`, at);
      }
    },
    'with hostPort; any other is for people',
  ),
  ...mountFields,
  resourceField,
  securityField,
  ...probeFields,
  near(
    'lifecycle',
    'init',
    'postStart runs before the start, in a container of its own; preStop is refused but for sleep',
    (container, value, path) => {
      const { reader } = container;
      const fields = reader.fields(value, path, ['postStart', 'preStop', 'stopSignal']) ?? {};
      const signal = reader.textOf(fields, 'stopSignal', path);
      if (signal !== undefined) container.set('stop_signal', signal, path);
      const { postStart, preStop } = fields;
      if (postStart !== undefined) {
        const [first, ...rest] = execOf(container, postStart, [...path, 'postStart']);
        if (first === undefined)
          container.refuse([...path, 'postStart'], 'gear runs commands only', 'write it as exec');
        else {
          container.add('init', { entrypoint: [first], command: rest }, path);
          container.approximate(
            [...path, 'postStart'],
            'runs before the start, in a container of its own with the same volumes',
          );
        }
      }
      if (preStop === undefined) return;
      const command = execOf(container, preStop, [...path, 'preStop']);
      const sleeps =
        command.length === 0
          ? reader.fields(preStop, [...path, 'preStop'])?.['sleep'] !== undefined
          : /(^|\/|\s)sleep(\s|$)/.test(command.join(' '));
      if (sleeps)
        container.approximate([...path, 'preStop'], 'left out: nothing has to forget its address first');
      else
        container.refuse(
          [...path, 'preStop'],
          'a unit has no step before a container stops',
          'let the program do it when it is told to stop',
        );
    },
  ),
  leftOut('imagePullPolicy', 'left out: gear apply --pull says when images are fetched', 'IfNotPresent'),
  leftOut('stdin', terminal, false),
  leftOut('stdinOnce', terminal, false),
  leftOut('tty', terminal, false),
  leftOut('terminationMessagePath', 'left out: the journal has what it said last'),
  leftOut('terminationMessagePolicy', 'left out: the journal has what it said last'),
  leftOut('resizePolicy', 'left out: a changed limit makes a new form'),
  kept(
    'restartPolicy',
    'restart',
    ({ reader, fields }, _, path) =>
      void reader.oneOf(fields, 'restartPolicy', path.slice(0, -1), ['Always', 'OnFailure', 'Never']),
    'Always makes a sidecar of an init container',
  ),
  leftOut('restartPolicyRules', 'left out: restart says it for all exit codes'),
  refused('volumeDevices', 'gear gives no volumes as devices', 'mount the volume'),
];

function words(name: string, to: string): Field<KubeContainer> {
  return kept(
    name,
    to,
    (container, value, path) => {
      const given = container.reader
        .texts(value, path)
        .map(([text]) => fillReferences(text, container.variables));
      if (given.length > 0) container.set(to, given, path);
    },
    '`$(NAME)` is filled',
  );
}

function execOf(
  container: KubeContainer,
  value: unknown,
  path: readonly (string | number)[],
): readonly string[] {
  const { reader } = container;
  const fields = reader.fields(value, path, ['exec', 'httpGet', 'tcpSocket', 'sleep']) ?? {};
  if (fields['exec'] === undefined) return [];
  const { command } = reader.fields(fields['exec'], [...path, 'exec'], ['command']) ?? {};
  return reader.texts(command ?? [], [...path, 'exec', 'command']).map(([text]) => text);
}
