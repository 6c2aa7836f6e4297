import { Document } from 'yaml';
import { styledYaml, yamlVersion } from '../export/yaml-style.ts';
import { containersOf, mapOf, type Native, type WriteLoss, writeKeys } from '../foreign/foreign-writer.ts';
import { composeWriters } from './write-keys.ts';

/** A native descriptor, with variables as they are written, as a Compose file; and what of it a Compose file cannot say. */
export function writeCompose(app: Native): { readonly text: string; readonly losses: readonly WriteLoss[] } {
  const losses: WriteLoss[] = [];
  const top = { configs: {}, secrets: {} };
  const services = Object.fromEntries(
    containersOf(app).map(([name, container]) => {
      const service: Record<string, unknown> = {};
      writeKeys({ writing: { app, name, container, losses }, service, top }, composeWriters, 'Compose');
      // What says nothing is always in gear, and never in Compose.
      if (container['restart'] === undefined)
        service['restart'] = container['job'] === true ? 'on-failure' : 'always';
      return [name, service];
    }),
  );
  if (app['engine'] !== undefined)
    losses.push({
      key: 'engine',
      verdict: 'approximated',
      words: 'left out: whoever reads the file has one',
    });
  const value = {
    name: app['name'],
    services,
    ...section(
      'networks',
      Object.fromEntries(
        Object.entries(mapOf(app['networks'])).map(([name, given]) => [name, networkOf(mapOf(given))]),
      ),
    ),
    ...section('volumes', volumesOf(app)),
    ...section('configs', top.configs),
    ...section('secrets', top.secrets),
  };
  return { text: styledYaml(new Document(value, yamlVersion)), losses };
}

function section(name: string, entries: Native): Native {
  return Object.keys(entries).length === 0 ? {} : { [name]: entries };
}

function networkOf({ options, ipv6, subnet, gateway, ip_range, ...same }: Native): unknown {
  const block = {
    ...(subnet === undefined ? {} : { subnet }),
    ...(gateway === undefined ? {} : { gateway }),
    ...(ip_range === undefined ? {} : { ip_range }),
  };
  return {
    ...same,
    ...(options === undefined ? {} : { driver_opts: options }),
    ...(ipv6 === undefined ? {} : { enable_ipv6: ipv6 }),
    ...(Object.keys(block).length === 0 ? {} : { ipam: { config: [block] } }),
  };
}

/** Compose has every named volume declared. */
function volumesOf(app: Native): Native {
  const declared = mapOf(app['volumes']);
  const used = containersOf(app).flatMap(([, { volumes }]) =>
    (Array.isArray(volumes) ? (volumes as string[]) : []).flatMap((text) => {
      const [source = ''] = text.split(':');
      return /^[./~$]/.test(source) ? [] : [source];
    }),
  );
  return Object.fromEntries(
    [...new Set([...used, ...Object.keys(declared)])].map((name) => {
      const { options, ...same } = mapOf(declared[name]);
      return [name, { ...same, ...(options === undefined ? {} : { driver_opts: options }) }];
    }),
  );
}
