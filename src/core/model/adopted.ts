import type { EngineKind } from './engine-kind.ts';
import { paths } from './paths.ts';

/** A container that was there before gear: what its labels would say, and what it was before. */
export interface AdoptedRecord {
  /** The name of its form: ctr-web.0123456789ab. */
  readonly container: string;
  /** What it is called while it runs, where a name was asked for; absent: by the name of its form. */
  readonly called?: string;
  readonly id: string;
  readonly engine: EngineKind;
  readonly app: string;
  readonly name: string;
  readonly hash: string;
  /** The adoption is through, and the container gear's as any other. */
  readonly settled: boolean;
  /** What it was called, and the engine's restart policy that it had: for whoever gives it back. */
  readonly formerName: string;
  readonly formerRestart: string;
}

/** Where the record of a container lies. */
export function adoptedPath(container: string): string {
  return `${paths.adopted}/${container}`;
}

/** One line, so that a gate can read it: the ID first. */
export function adoptedText(record: AdoptedRecord): string {
  const { id, engine, app, name, hash, settled, formerName, formerRestart, called } = record;
  const words = [id, engine, app, name, hash, settled ? 'settled' : 'begun', formerName, formerRestart];
  return `${[...words, ...(called === undefined ? [] : [called])].join(' ')}\n`;
}

/** The record of a container; null for what is none. */
export function parseAdopted(container: string, content: Uint8Array | null): AdoptedRecord | null {
  const text = content === null ? '' : new TextDecoder().decode(content).trim();
  const [id, engine, app, name, hash, state, formerName, formerRestart = 'no', called] = text.split(' ');
  if (id === undefined || app === undefined || name === undefined || hash === undefined) return null;
  if ((engine !== 'docker' && engine !== 'podman') || formerName === undefined) return null;
  return {
    ...{ container, id, engine, app, name, hash, settled: state === 'settled', formerName, formerRestart },
    ...(called === undefined ? {} : { called }),
  };
}

/** A network that was there before gear, and is the app's now. */
export interface AdoptedNetwork {
  readonly engine: EngineKind;
  readonly name: string;
  readonly app: string;
}

/** Where the record of a network lies. */
export function adoptedNetworkPath({ engine, name }: Omit<AdoptedNetwork, 'app'>): string {
  return `${paths.adoptedNetworks}/${engine}.${name}`;
}

/** The record of a network, by the name of its file and its one line; null for what is none. */
export function parseAdoptedNetwork(file: string, content: Uint8Array | null): AdoptedNetwork | null {
  const [, engine, name] = /^(docker|podman)[.](.+)$/.exec(file) ?? [];
  const app = content === null ? '' : new TextDecoder().decode(content).trim();
  if ((engine !== 'docker' && engine !== 'podman') || name === undefined || app === '') return null;
  return { engine, name, app };
}
