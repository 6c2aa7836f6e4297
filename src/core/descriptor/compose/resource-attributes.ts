import type { Path } from '../document.ts';
import { asText, type Attribute, kept } from './attribute.ts';
import { gpuAttribute } from './running-attributes.ts';
import type { ServiceReader } from './service-reader.ts';

/** What a service may use, and where its output goes. */
export const resourceAttributes: readonly Attribute[] = [
  limit('cpus', 'cpus'),
  limit('mem_limit', 'memory'),
  asText('pids_limit'),
  gpuAttribute,
  kept('blkio_config', 'blkio_weight, blkio_weight_devices, device_…_bps, device_…_iops', readBlockIo),
  kept('devices', 'devices', (service, value, path) => {
    const { reader } = service;
    for (const [item, at] of reader.list(value, path)) {
      if (typeof item !== 'object' || item === null) {
        const text = reader.text(item, at);
        if (text !== undefined) service.add('devices', text, at);
        continue;
      }
      const fields = reader.fields(item, at, ['source', 'target', 'permissions']) ?? {};
      const source = reader.text(fields['source'], [...at, 'source']) ?? '';
      const target = reader.textOf(fields, 'target', at) ?? source;
      const given = reader.textOf(fields, 'permissions', at);
      const permissions = given === undefined ? '' : `:${given}`;
      service.add(
        'devices',
        target === source && permissions === '' ? source : `${source}:${target}${permissions}`,
        at,
      );
    }
  }),
  kept('ulimits', 'ulimits', (service, value, path) => {
    const { reader } = service;
    for (const [name, given] of Object.entries(reader.fields(value, path) ?? {})) {
      const at = [...path, name];
      if (typeof given !== 'object' || given === null) {
        const text = reader.text(given, at);
        if (text !== undefined) service.put('ulimits', name, text, at);
        continue;
      }
      const { soft, hard } = reader.fields(given, at, ['soft', 'hard']) ?? {};
      const [least, most] = [reader.text(soft, [...at, 'soft']), reader.text(hard, [...at, 'hard'])];
      if (least !== undefined && most !== undefined) service.put('ulimits', name, `${least}:${most}`, at);
    }
  }),
  kept('logging', 'log_driver, log_options', (service, value, path) => {
    const { reader } = service;
    const { driver, options } = reader.fields(value, path, ['driver', 'options']) ?? {};
    const text = driver === undefined ? undefined : reader.text(driver, [...path, 'driver']);
    if (text !== undefined) service.set('log_driver', text, [...path, 'driver']);
    for (const [key, option, at] of options === undefined ? [] : reader.pairs(options, [...path, 'options']))
      service.put('log_options', key, option ?? '', at);
  }),
];

/** A limit, of which Compose says that 0 is none. */
function limit(name: string, to: string): Attribute {
  return kept(name, to, (service, value, path) => {
    const text = service.reader.text(value, path);
    if (text !== undefined && !/^0(\.0*)?[a-z]*$/i.test(text)) service.set(to, text, path);
  });
}

const rates = ['device_read_bps', 'device_read_iops', 'device_write_bps', 'device_write_iops'] as const;

function readBlockIo(service: ServiceReader, value: unknown, path: Path): void {
  const { reader } = service;
  const fields = reader.fields(value, path, ['weight', 'weight_device', ...rates]) ?? {};
  const weight =
    fields['weight'] === undefined ? undefined : reader.text(fields['weight'], [...path, 'weight']);
  if (weight !== undefined) service.set('blkio_weight', weight, [...path, 'weight']);
  const each = (key: string, what: string, to: string): void => {
    for (const [item, at] of reader.list(fields[key] ?? [], [...path, key])) {
      const entry = reader.fields(item, at, ['path', what]) ?? {};
      const [device, amount] = [
        reader.text(entry['path'], [...at, 'path']),
        reader.text(entry[what], [...at, what]),
      ];
      if (device !== undefined && amount !== undefined) service.add(to, `${device}:${amount}`, at);
    }
  };
  each('weight_device', 'weight', 'blkio_weight_devices');
  for (const key of rates) each(key, 'rate', key);
}
