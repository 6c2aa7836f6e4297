import { quote } from '../../../errors/quote.ts';
import type { Path } from '../document.ts';
import type { Fields } from '../foreign/foreign-reader.ts';
import { type Field, near } from './field.ts';
import type { KubeContainer } from './kube-container.ts';

const probeKeys = [
  ...['exec', 'httpGet', 'tcpSocket', 'grpc', 'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds'],
  ...['successThreshold', 'failureThreshold', 'terminationGracePeriodSeconds'],
];
const order = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

/** Probes: gear has one check, of the first kind that there is. Nothing but `gear watch` acts on its failure. */
export const probeFields: readonly Field<KubeContainer>[] = order.map((name) =>
  near(
    name,
    'health',
    'one check: of readiness, else of liveness, else of the start; gear watch alone starts again what fails it',
    (container, value, path) => {
      const chosen = order.find(
        (each) => container.fields[each] !== undefined && container.fields[each] !== null,
      );
      if (chosen === name) readProbe(container, value, path);
      else if (name === 'startupProbe')
        container.approximate(path, `how long it may take is the start_period of the ${String(chosen)}`);
      else
        container.approximate(
          path,
          'left out: the readinessProbe is the check, and gear watch alone starts again what fails it',
        );
    },
  ),
);

function readProbe(container: KubeContainer, value: unknown, path: Path): void {
  const { reader, fields: own } = container;
  const fields = reader.fields(value, path, probeKeys) ?? {};
  const numberOf = (from: Fields, at: Path, key: string, usual: number): number => {
    const given = from[key];
    return given === undefined || given === null ? usual : (reader.number(given, [...at, key]) ?? usual);
  };
  const number = (key: string, usual: number): number => numberOf(fields, path, key, usual);
  const at = [...container.path, 'startupProbe'];
  const startup =
    own['startupProbe'] === undefined || own['startupProbe'] === null
      ? undefined
      : (reader.fields(own['startupProbe'], at) ?? {});
  const delay = number('initialDelaySeconds', 0);
  const start =
    startup === undefined
      ? delay
      : Math.max(
          delay,
          numberOf(startup, at, 'failureThreshold', 3) * numberOf(startup, at, 'periodSeconds', 10),
        );
  const cmd = commandOf(container, fields, path);
  if (container.pod.job) container.approximate(path, 'left out: what runs to its end has no check');
  if (cmd === undefined || container.pod.job) return;
  container.set(
    'health',
    {
      cmd,
      interval: `${String(number('periodSeconds', 10))}s`,
      timeout: `${String(number('timeoutSeconds', 1))}s`,
      retries: number('failureThreshold', 3),
      ...(start === 0 ? {} : { start_period: `${String(start)}s` }),
    },
    path,
  );
  for (const key of ['successThreshold', 'terminationGracePeriodSeconds'])
    if (fields[key] !== undefined && fields[key] !== 1)
      container.approximate(
        [...path, key],
        key === 'successThreshold'
          ? 'left out: one success is enough'
          : 'left out: what is started again has the time of every stop',
      );
}

function commandOf(
  container: KubeContainer,
  fields: Fields,
  path: Path,
): string | readonly string[] | undefined {
  const { reader } = container;
  const [, second] = ['exec', 'httpGet', 'tcpSocket', 'grpc'].filter((key) => fields[key] !== undefined);
  if (second !== undefined)
    reader.fail(
      [...path, second],
      'VALUE_INVALID',
      'the probe says two things to do',
      'give it one of them',
      'key',
    );
  if (fields['exec'] !== undefined) {
    const { command } = reader.fields(fields['exec'], [...path, 'exec'], ['command']) ?? {};
    return reader.texts(command ?? [], [...path, 'exec', 'command']).map(([text]) => text);
  }
  if (fields['httpGet'] !== undefined) return httpCheck(container, fields['httpGet'], [...path, 'httpGet']);
  const key = fields['tcpSocket'] === undefined ? 'grpc' : 'tcpSocket';
  if (fields[key] === undefined) {
    reader.fail(path, 'VALUE_INVALID', 'the probe says nothing to do', 'give it exec, httpGet or tcpSocket');
    return undefined;
  }
  const at = [...path, key];
  const target = reader.fields(fields[key], at, ['host', 'port', 'service']) ?? {};
  const port = portOf(container, target['port'], [...at, 'port']);
  if (port === undefined) return undefined;
  if (key === 'grpc') {
    container.approximate(at, 'asked from inside the container: it needs grpc_health_probe');
    const service = reader.textOf(target, 'service', at);
    return [
      'grpc_health_probe',
      `-addr=127.0.0.1:${String(port)}`,
      ...(service === undefined ? [] : [`-service=${service}`]),
    ];
  }
  const host = reader.textOf(target, 'host', at) ?? '127.0.0.1';
  container.approximate(at, 'asked from inside the container: it needs nc');
  return ['nc', '-z', host, String(port)];
}

/** A line for the container's shell, as nobody knows which client it has. Every word of it is quoted. */
function httpCheck(container: KubeContainer, value: unknown, at: Path): string | undefined {
  const { reader } = container;
  const fields = reader.fields(value, at, ['path', 'port', 'host', 'scheme', 'httpHeaders']) ?? {};
  const port = portOf(container, fields['port'], [...at, 'port']);
  if (port === undefined) return undefined;
  const host = reader.textOf(fields, 'host', at) ?? '127.0.0.1';
  const scheme = (reader.textOf(fields, 'scheme', at) ?? 'HTTP').toLowerCase();
  const path = reader.textOf(fields, 'path', at) ?? '/';
  const headers = reader.list(fields['httpHeaders'] ?? [], [...at, 'httpHeaders']).map(([item, place]) => {
    const header = reader.fields(item, place, ['name', 'value']) ?? {};
    return shellWord(
      `${reader.textOf(header, 'name', place) ?? ''}: ${reader.textOf(header, 'value', place) ?? ''}`,
    );
  });
  const url = shellWord(`${scheme}://${host}:${String(port)}${path.startsWith('/') ? path : `/${path}`}`);
  container.approximate(at, 'asked from inside the container: it needs wget or curl');
  const secure = scheme === 'https';
  return [
    [
      'wget',
      '-qO',
      '/dev/null',
      ...(secure ? ['--no-check-certificate'] : []),
      ...headers.map((each) => `--header=${each}`),
      url,
    ],
    ['curl', '-fso', '/dev/null', ...(secure ? ['-k'] : []), ...headers.flatMap((each) => ['-H', each]), url],
  ]
    .map((words) => words.join(' '))
    .join(' || ');
}

/** A number, or the name of one of the container's ports. */
export function portOf(container: KubeContainer, value: unknown, path: Path): number | undefined {
  const { reader, fields } = container;
  const text = value === undefined ? undefined : reader.text(value, path);
  if (text === undefined) {
    reader.fail(
      path,
      'VALUE_INVALID',
      'the port is missing',
      'give its number, or the name of a port of the container',
    );
    return undefined;
  }
  if (/^\d{1,5}$/.test(text)) return Number(text);
  const ports = Array.isArray(fields['ports']) ? (fields['ports'] as (Fields | null)[]) : [];
  const named = ports.find((port) => port?.['name'] === text)?.['containerPort'];
  if (typeof named === 'number') return named;
  reader.fail(path, 'VALUE_INVALID', `the container has no port ${quote(text)}`, 'give its number');
  return undefined;
}

/** A text as one word for sh(1): in single quotes nothing is special but a single quote. */
function shellWord(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
