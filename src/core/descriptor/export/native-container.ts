import type { ContainerRequest, ContainerSpec, Directive, HealthOptions } from '../../model/container.ts';
import { runOptions } from '../../model/run-options.ts';
import { amountText, modeText, mountText, spanText, tmpfsText } from '../../model/spec-differences.ts';
import type { ExportContext } from './export-context.ts';
import { nativeEnvironment } from './native-environment.ts';
import { nativeNetworks } from './native-networks.ts';
import { sharedPorts } from './native-ports.ts';
import { nativeRelations } from './native-relations.ts';
import { literal, literals, present, type Written } from './written.ts';

/** How contents are written that are secret, or no text. */
export interface NativeOptions {
  /** Values of variables, instead of references. */
  readonly showEnv: boolean;
  /** Where a file lies whose content is no text that YAML can hold. */
  readonly fileSource: (container: string, target: string) => string;
}

const readable = 0o444;
const usualStopMs = 10_000;

/** A container with all its copies, by the keys of a native descriptor, in the order in which people read them. */
export function nativeContainer(
  copies: readonly ContainerRequest[],
  context: ExportContext,
  options: NativeOptions,
): Written {
  const [first] = copies;
  if (first === undefined) return {};
  const { spec } = first;
  return present({
    image: literal(spec.image),
    container_name: optional(spec.containerName, literal),
    command: optional(spec.command, literals),
    entrypoint: optional(spec.entrypoint, literals),
    count: copies.length === 1 ? undefined : copies.length,
    ports: list(sharedPorts(copies, context)),
    env: nativeEnvironment(first, context, options.showEnv),
    secrets: list(spec.secrets?.map(({ name, file, mode }) => secretValue(name, file, mode))),
    files: list(filesOf(first, options)),
    volumes: list(
      spec.mounts.map((mount) => literal(mountText({ ...mount, source: volumeSource(mount, context) }))),
    ),
    tmpfs: list(spec.tmpfs?.map((each) => literal(tmpfsText(each)))),
    ...nativeNetworks(first, context),
    health: optional(spec.health, healthValue),
    restart: restartValue(spec),
    memory: optional(spec.memoryBytes, amountText),
    cpus: spec.cpus,
    user: optional(spec.user, literal),
    stop_timeout: spec.stopTimeoutMs === usualStopMs ? undefined : spanText(spec.stopTimeoutMs),
    ...nativeRelations(spec, context),
    schedule: optional(spec.schedule, literal),
    job: spec.job,
    init: list(
      spec.init?.map(({ image, command, entrypoint, user }) =>
        present({
          image: image === spec.image ? undefined : literal(image),
          command: optional(command, literals),
          entrypoint: optional(entrypoint, literals),
          user: optional(user, literal),
        }),
      ),
    ),
    reload: optional(spec.reload, (reload) =>
      reload.kind === 'signal' ? { signal: literal(reload.signal) } : { exec: literals(reload.command) },
    ),
    ...optionValues(spec),
    systemd: optional(spec.directives, directivesValue),
  });
}

function optional<T>(value: T | undefined, write: (value: T) => Written | undefined): Written | undefined {
  return value === undefined ? undefined : write(value);
}

function list(items: readonly Written[] | undefined): Written | undefined {
  return items === undefined || items.length === 0 ? undefined : items;
}

function secretValue(name: string, file: string, mode: number): Written {
  if (file === name && mode === readable) return literal(name);
  return present({
    name: literal(name),
    file: file === name ? undefined : literal(file),
    mode: mode === readable ? undefined : modeText(mode),
  });
}

function filesOf(
  { container, spec, files = [] }: ContainerRequest,
  options: NativeOptions,
): readonly Written[] {
  const contents = new Map(files.map(({ target, content }) => [target, content]));
  return (spec.files ?? []).map(({ target, mode }) => {
    const text = textOf(contents.get(target));
    return present({
      target: literal(target),
      mode: mode === readable ? undefined : modeText(mode),
      ...(text === undefined
        ? { source: literal(options.fileSource(container, target)) }
        : { content: literal(text) }),
    });
  });
}

/** The content as text; undefined where YAML could not give back the same bytes. */
function textOf(content: Uint8Array | undefined): string | undefined {
  if (content === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

function volumeSource(
  { kind, source }: ContainerSpec['mounts'][number],
  { volumeKeys }: ExportContext,
): string {
  return kind === 'bind' ? source : (volumeKeys.get(source)?.key ?? source);
}

function healthValue(health: HealthOptions): Written | undefined {
  if (health.disabled === true) return false;
  const [shell, flag, line, ...more] = health.command ?? [];
  const isLine = shell === '/bin/sh' && flag === '-c' && line !== undefined && more.length === 0;
  const value = present({
    cmd: isLine ? literal(line) : optional(health.command, literals),
    interval: optional(health.intervalMs, spanText),
    timeout: optional(health.timeoutMs, spanText),
    retries: health.retries,
    start_period: optional(health.startPeriodMs, spanText),
  });
  return Object.keys(value).length === 0 ? undefined : value;
}

function restartValue({ restart, restartDelay, job, schedule }: ContainerSpec): Written | undefined {
  const usual = schedule !== undefined ? 'no' : job === true ? 'on-failure' : 'always';
  if (restartDelay !== undefined)
    return {
      policy: restart,
      delay: spanText(restartDelay.firstMs),
      max_delay: spanText(restartDelay.longestMs),
    };
  return restart === usual ? undefined : restart;
}

function optionValues({ options = {} }: ContainerSpec): Readonly<Record<string, Written | undefined>> {
  return Object.fromEntries(
    runOptions.flatMap(({ flag, key, map }) => {
      const value = options[flag];
      if (value === undefined) return [];
      if (value === true) return [[key, true]];
      if (typeof value === 'string') return [[key, literal(value)]];
      return [[key, map === true ? pairs(value) : literals(value)]];
    }),
  );
}

/** As a map where each entry has a value, which is how people write them. */
function pairs(entries: readonly string[]): Written {
  const split = entries.map((entry): [string, string] => {
    const at = entry.indexOf('=');
    return at === -1 ? [entry, ''] : [entry.slice(0, at), entry.slice(at + 1)];
  });
  if (entries.some((entry) => !entry.includes('=')) || split.some(([key]) => key === '__proto__'))
    return literals(entries);
  return Object.fromEntries(split.map(([key, value]) => [key, literal(value)]));
}

function directivesValue(directives: readonly Directive[]): Written | undefined {
  const sections: Record<string, Record<string, string[]>> = {};
  for (const { section, name, value } of directives)
    ((sections[section] ??= {})[name] ??= []).push(literal(value));
  if (directives.length === 0) return undefined;
  return Object.fromEntries(
    Object.entries(sections).map(([section, names]) => [
      section,
      Object.fromEntries(
        Object.entries(names).map(([name, values]) => [
          name,
          values.length === 1 ? (values[0] ?? '') : values,
        ]),
      ),
    ]),
  );
}
