import { type Fields, isMap } from './fields.ts';
import type { Failure } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import type { Blanked, Document, SourceFile } from '../document.ts';
import type { ForeignContext } from '../foreign/foreign-context.ts';
import { resolvePath } from '../native/resolve-path.ts';
import { decode } from '../text/decode.ts';
import type { Variables } from '../text/expand.ts';
import { interpolate } from '../text/interpolate.ts';
import { placeIn, placeOf } from '../text/layers.ts';
import { childOrigin, type Origin, type Sourced } from '../text/overlay.ts';
import { parse, type TaggedPart } from '../text/parse.ts';
import { extendedFile, extendedKey } from './asks-for-files.ts';
import { absoluteProject } from './absolute-paths.ts';
import { addProject } from './add-project.ts';
import { mergeFiles, withoutTags } from './merge-files.ts';
import { includedVariables } from './included-variables.ts';
import { servicesUnderPath } from './services-under-path.ts';
import { withChild } from './with-child.ts';

/** More files than this are an accident. */
const mostFiles = 200;

/** The files as one; or all that is wrong with any of them, and what of them could be read. */
export type LoadedCompose =
  | { readonly ok: true; readonly value: Document }
  | { readonly ok: false; readonly failures: readonly Failure[]; readonly rest?: Document };

/**
 * Compose files as one: each laid over those before it, with what they include, and with the services of other files that
 * they extend.
 */
export async function loadCompose(
  files: readonly SourceFile[],
  context: ForeignContext,
): Promise<LoadedCompose> {
  const loader = new Loader(context);
  const merged = await loader.project(files, {
    directory: context.directory,
    variables: context.environment,
    trail: [],
  });
  const { failures } = loader;
  if (merged === undefined) return { ok: false, failures };
  const { value, origin } = merged;
  const layers = { value, origin, parts: loader.parts };
  const document: Document = {
    value,
    source: files[0]?.path ?? '',
    ...(loader.isPartial ? { isPartial: true } : {}),
    ...(loader.blanked.length === 0 ? {} : { blanked: loader.blanked }),
    place: (path, part) => placeIn(layers, path, part),
    locate: () => Promise.resolve(),
  };
  return failures.length === 0 ? { ok: true, value: document } : { ok: false, failures, rest: document };
}

interface Project {
  /** What its paths are relative to. */
  readonly directory: string;
  readonly variables: Variables;
  /** The files that led to it. */
  readonly trail: readonly string[];
}

/** Reads files, and those that they ask for. */
class Loader {
  readonly parts: TaggedPart[] = [];
  readonly failures: Failure[] = [];
  readonly blanked: Blanked[] = [];
  /** Whether a file, or what one asks for, is not among them. */
  isPartial = false;
  #isFull = false;
  readonly #context: ForeignContext;

  constructor(context: ForeignContext) {
    this.#context = context;
  }

  async project(files: readonly SourceFile[], project: Project): Promise<Sourced | undefined> {
    const read: Sourced[] = [];
    for (const file of files) {
      const part = await this.#read(file, project);
      if (part !== undefined) read.push(part);
    }
    const [first, ...others] = read;
    if (read.length < files.length) this.isPartial = true;
    if (first === undefined) return undefined;
    const tagOf = ({ part, path }: Origin) => this.parts[part]?.tag(path);
    const merged = others.reduce(
      (below, above) => mergeFiles(below, above, tagOf),
      withoutTags(first, tagOf),
    );
    const whole = { ...project, trail: [...project.trail, ...files.map(({ path }) => path)] };
    return this.#included(await this.#extended(merged, whole), whole);
  }

  async #read(file: SourceFile, { variables }: Project): Promise<Sourced | undefined> {
    const source = decode(file);
    if (!source.ok) {
      this.failures.push(...source.failures);
      return undefined;
    }
    const parsed = await parse(source.value, ['!reset', '!override']);
    const [part, second] = parsed.ok ? parsed.value : [];
    if (!parsed.ok) this.failures.push(...parsed.failures);
    else if (part === undefined || second !== undefined || !isMap(part.value))
      this.failures.push(
        source.value.failure(
          'DESCRIPTOR_SYNTAX',
          0,
          'the file is not one map of keys',
          'begin it with: services:',
        ),
      );
    if (part === undefined || !isMap(part.value)) return undefined;
    const { value, unfilled, blanked } = interpolate(part, { variables, rules: 'compose' });
    this.failures.push(...unfilled.map(({ failure }) => failure));
    this.blanked.push(...blanked);
    this.parts.push({ ...part, value });
    return { value, origin: { part: this.parts.length - 1, path: [] } };
  }

  /** Services that extend one of another file extend it where it stands under `extendedKey`. */
  async #extended(merged: Sourced, project: Project): Promise<Sourced> {
    const { value, origin } = merged;
    const services = isMap(value) ? value['services'] : undefined;
    if (!isMap(value) || !isMap(services)) return merged;
    const hidden = new Map<string, Sourced>();
    const changed: Record<string, unknown> = {};
    for (const [name, service] of Object.entries(services)) {
      const file = extendedFile(service);
      if (file === undefined || !isMap(service)) continue;
      const path = resolvePath(project.directory, file);
      const base = (service['extends'] as Fields)['service'];
      const at = childOrigin(childOrigin(childOrigin(origin, 'services'), name), 'extends');
      if (project.trail.includes(path)) {
        this.#refuse(
          at,
          `${quote(name)} extends a service of ${file}, which leads back here`,
          'take one extends away',
        );
        continue;
      }
      await this.#hide(path, hidden, project, at);
      changed[name] = { ...service, extends: { service: `${path}#${String(base)}` } };
      if (!hidden.has(`${path}#${String(base)}`) && !this.isPartial)
        this.#refuse(at, `there is no service ${quote(String(base))} in ${file}`, 'name one of its services');
    }
    if (hidden.size === 0) return merged;
    return withChild({ value: { ...value, services: { ...services, ...changed } }, origin }, extendedKey, {
      value: Object.fromEntries([...hidden].map(([key, each]) => [key, each.value])),
      origin: { part: 0, path: [], children: new Map([...hidden].map(([key, each]) => [key, each.origin])) },
    });
  }

  /** The services of a file under names that hold its path, with those that they extend in turn. */
  async #hide(path: string, hidden: Map<string, Sourced>, project: Project, at: Origin): Promise<void> {
    if ([...hidden.keys()].some((key) => key.startsWith(`${path}#`))) return;
    const directory = folderOf(path);
    const file = this.#file(path, at);
    const other = file === undefined ? undefined : await this.project([file], { ...project, directory });
    if (other === undefined) this.isPartial = true;
    if (other === undefined) return;
    for (const [key, service] of servicesUnderPath(path, directory, other)) hidden.set(key, service);
  }

  /** Adds what the files of `include` have. What both have, and differs, is a mistake. */
  async #included(merged: Sourced, project: Project): Promise<Sourced> {
    if (!isMap(merged.value) || merged.value['include'] === undefined) return merged;
    const { include, ...rest } = merged.value;
    let result: Sourced = { value: rest, origin: merged.origin };
    for (const [index, entry] of (Array.isArray(include) ? (include as unknown[]) : [include]).entries()) {
      const at = childOrigin(childOrigin(merged.origin, 'include'), index);
      const other = await this.#include(entry, project, at);
      if (other === undefined) {
        this.isPartial = true;
        continue;
      }
      const added = addProject(result, other);
      result = added.project;
      for (const key of added.clashes)
        this.#refuse(
          at,
          `${key} is in this file and in the included one, and differs`,
          'give one of them another name',
        );
    }
    return result;
  }

  async #include(entry: unknown, project: Project, at: Origin): Promise<Sourced | undefined> {
    const fields: Fields = typeof entry === 'string' ? { path: entry } : isMap(entry) ? entry : {};
    const given = (Array.isArray(fields['path']) ? (fields['path'] as unknown[]) : [fields['path']]).filter(
      (each) => typeof each === 'string',
    );
    const paths = given.map((each) => resolvePath(project.directory, each));
    const [first] = paths;
    if (first === undefined) {
      this.#refuse(at, 'the include names no file', 'write it as include: [other.yaml]');
      return undefined;
    }
    const again = paths.find((each) => project.trail.includes(each));
    if (again !== undefined) {
      this.#refuse(at, `${quote(again)} includes itself, by way of other files`, 'take one include away');
      return undefined;
    }
    const folder = fields['project_directory'];
    const directory = typeof folder === 'string' ? resolvePath(project.directory, folder) : folderOf(first);
    const own = includedVariables(
      fields['env_file'],
      { from: project.directory, directory, variables: project.variables },
      this.#context,
    );
    if (!own.ok) this.failures.push(...own.failures);
    const variables = { ...(own.ok ? own.value : {}), ...project.variables };
    const files = paths.flatMap((each) => this.#file(each, at) ?? []);
    if (files.length < paths.length) return undefined;
    const other = await this.project(files, { directory, variables, trail: project.trail });
    return other === undefined || !isMap(other.value)
      ? undefined
      : { value: absoluteProject(other.value, directory), origin: other.origin };
  }

  /** A file that another asks for; undefined where it cannot be had, which is noted. */
  #file(path: string, at: Origin): SourceFile | undefined {
    if (this.parts.length >= mostFiles) {
      const told = `more than ${String(mostFiles)} files are asked for`;
      if (!this.#isFull) this.#refuse(at, told, 'take an include or extends away');
      this.#isFull = true;
      return undefined;
    }
    const file: SourceFile = this.#context.files.get(path) ?? { path, problem: 'was not read' };
    if (!('problem' in file)) return file;
    this.#refuse(at, `the file ${quote(path)} ${file.problem}`, file.next ?? 'make it, or correct the path');
    return undefined;
  }

  #refuse(at: Origin, message: string, next: string): void {
    this.failures.push({ code: 'VALUE_INVALID', message, next, place: placeOf(this.parts, at) });
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/')) || '/';
}
