import { ContainerDraft } from '../foreign/container-draft.ts';
import type { ForeignReader } from '../foreign/foreign-reader.ts';
import { plainName } from '../foreign/container-name.ts';
import type { QuadletUnit, Value } from './quadlet-unit.ts';
import { fillSpecifiers } from './specifiers.ts';

/** The units that are read together, as containers need to see each other. */
export interface QuadletSet {
  readonly units: ReadonlyMap<string, QuadletUnit>;
  /** The container whose network the others of a pod share, by the pod's file. */
  readonly holders: ReadonlyMap<string, string>;
  /** The named volumes and networks of the native form, which keys of containers add to. */
  readonly volumes: Map<string, unknown>;
  readonly networks: Map<string, unknown>;
}

/** The name that a container unit has as a container of gear's: `web@blue.container` is `web-blue`. */
export function nameOfUnit({ name }: QuadletUnit): string {
  return plainName(name.whole.replace('@', '-'));
}

/** Reads one .container file into a container of the native form. */
export class QuadletContainer extends ContainerDraft {
  readonly unit: QuadletUnit;
  readonly all: QuadletSet;

  /** `name` and `native` are those of a container that a unit of another kind made. */
  constructor(
    reader: ForeignReader,
    units: QuadletSet,
    unit: QuadletUnit,
    name = nameOfUnit(unit),
    native: Record<string, unknown> = {},
  ) {
    super(reader, name, [unit.file], native);
    this.unit = unit;
    this.all = units;
  }

  /** The text with its specifiers filled; what only the host could fill is refused. */
  filled({ text, path }: Value): string {
    const { text: filled, unknown } = fillSpecifiers(text, this.unit.name);
    const [first] = unknown;
    if (first !== undefined)
      this.refuse(path, `only a host knows what ${first} stands for`, 'write the value itself');
    return filled;
  }

  /** A unit of the set by its file's name; the mistake is noted where there is none. */
  other(file: string, { path }: Value): QuadletUnit | undefined {
    const unit = this.all.units.get(file);
    if (unit === undefined)
      this.reader.fail(
        path,
        'DEPENDENCY_UNKNOWN',
        `there is no file ${file} beside ${this.unit.file}`,
        'make it, or write the name of the thing itself',
      );
    return unit;
  }
}
