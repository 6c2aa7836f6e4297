import type { Engine, EngineVolume } from '../../ports/engine.ts';
import { engineRefused, notOurs } from './engine-failure.ts';
import { array, object, parseJson, string, stringMap } from './json.ts';
import { ownerLabel } from './owner-label.ts';
import type { PodmanCommand } from './podman-command.ts';

/** Volumes of Podman. */
export function podmanVolumes(
  podman: PodmanCommand,
): Pick<Engine, 'volume' | 'ownedVolumes' | 'ensureVolume' | 'removeVolume'> {
  async function volume(name: string): Promise<EngineVolume | null> {
    const what = `inspect the volume ${name}`;
    const outcome = await podman.run(what, ['volume', 'inspect', name]);
    // Podman also takes the beginning of a name, and fails when several volumes have it.
    if (outcome.status !== 0 && /no such volume|more than one/i.test(outcome.stderr)) return null;
    if (outcome.status !== 0) throw engineRefused('podman', what, outcome.stderr);
    return (
      array(parseJson(outcome.stdout))
        .map(volumeOf)
        .find((found) => found.name === name) ?? null
    );
  }

  return {
    volume,
    async ownedVolumes() {
      const args = ['volume', 'ls', '--filter', `label=${ownerLabel}`, '--format', 'json'];
      return array(await podman.json('list volumes', args)).map(volumeOf);
    },
    async ensureVolume(name, labels, { driver, options = {} } = {}) {
      const what = `make the volume ${name}`;
      const flags = [
        ...Object.entries(labels).flatMap(([key, value]) => ['--label', `${key}=${value}`]),
        ...(driver === undefined ? [] : ['--driver', driver]),
        ...Object.entries(options).flatMap(([key, value]) => ['--opt', `${key}=${value}`]),
      ];
      const outcome = await podman.run(what, ['volume', 'create', ...flags, name]);
      if (outcome.status === 0) return true;
      if (/volume already exists/i.test(outcome.stderr)) return false;
      throw engineRefused('podman', what, outcome.stderr);
    },
    async removeVolume(name, owner) {
      const found = await volume(name);
      if (found === null) return;
      if (found.labels[ownerLabel] !== owner) throw notOurs('podman', 'volume', name, owner);
      const what = `remove the volume ${name}`;
      const outcome = await podman.run(what, ['volume', 'rm', name]);
      if (outcome.status === 0 || /no such volume/i.test(outcome.stderr)) return;
      throw engineRefused('podman', what, outcome.stderr);
    },
  };
}

function volumeOf(value: unknown): EngineVolume {
  const found = object(value);
  return {
    name: string(found['Name']),
    folder: string(found['Mountpoint']),
    driver: string(found['Driver']),
    options: stringMap(found['Options']),
    labels: stringMap(found['Labels']),
  };
}
