import { adoptedPath, type AdoptedRecord, parseAdopted } from '../../core/model/adopted.ts';
import { paths } from '../../core/model/paths.ts';
import type { Engine, EngineContainer } from '../../ports/engine.ts';
import type { Files } from '../../ports/files.ts';
import { adoptedNetworks } from './adopted-networks.ts';

/**
 * An engine with what was adopted among gear's own: labels cannot be set on a container that runs, so a record beside
 * it says what they would. A record counts for the very container that it names, by its ID.
 */
export function withAdopted(engine: Engine, files: Files): Engine {
  async function records(): Promise<readonly AdoptedRecord[]> {
    const entries = await files.list(paths.adopted);
    const read = await Promise.all(
      entries.map(async ({ name }) => parseAdopted(name, await files.read(`${paths.adopted}/${name}`))),
    );
    return read.filter((each) => each !== null).filter((each) => each.engine === engine.kind);
  }

  function marked(container: EngineContainer, all: readonly AdoptedRecord[]): EngineContainer {
    const record = all.find(({ id, container: form, called }) => {
      return id === container.id && (container.name === form || container.name === called);
    });
    if (record === undefined) return container;
    const labels = { 'gear.owner': record.app, 'gear.name': record.name, 'gear.hash': record.hash };
    return { ...container, labels: { ...container.labels, ...labels } };
  }

  /** The container of a record, by either of its names. */
  async function present({ id, container, called }: AdoptedRecord): Promise<EngineContainer | null> {
    for (const name of called === undefined ? [container] : [called, container]) {
      const found = await engine.container(name);
      if (found?.id === id) return found;
    }
    return null;
  }

  return {
    ...engine,
    ...adoptedNetworks(engine, files),
    async owned(signal) {
      const [own, all] = await Promise.all([engine.owned(signal), records()]);
      if (all.length === 0) return own;
      const known = new Set(own.map(({ id }) => id));
      const adopted = await Promise.all(all.map(present));
      return [
        ...own,
        ...adopted
          .filter((each) => each !== null)
          .filter(({ id }) => !known.has(id))
          .map((each) => marked(each, all)),
      ];
    },
    async everyContainer() {
      const [found, all] = await Promise.all([engine.everyContainer(), records()]);
      return found.map((each) => marked(each, all));
    },
    async container(name) {
      const [found, all] = await Promise.all([engine.container(name), records()]);
      return found === null ? null : marked(found, all);
    },
    async remove(name, owner, id) {
      const record = (await records()).find(
        (each) => each.name === owner && (id === undefined ? each.container === name : each.id === id),
      );
      if (record === undefined) return engine.remove(name, owner, id);
      const found = await present(record);
      if (found === null) {
        // One of --rm is gone since its first stop, and what has its name now was made by gear.
        await engine.remove(name, owner, id);
        return files.remove(adoptedPath(record.container));
      }
      // Until the adoption is through it is still its owner's, who gets it back.
      if (!record.settled) return;
      await engine.discard(found);
      await files.remove(adoptedPath(record.container));
    },
  };
}
