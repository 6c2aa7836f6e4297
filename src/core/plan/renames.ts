import { canonicalJson } from '../model/hash.ts';
import type { Instance } from '../model/instance.ts';
import { instanceName } from '../model/instance-name.ts';
import { meaningOf } from '../model/resolve.ts';

/**
 * New instances that are a leaving one of the same app by another name: new name → what leaves. Both mean the same, and
 * no other that leaves or comes does: of two equal ones nobody could tell whose data is whose.
 */
export function findRenames(
  leaving: readonly Instance[],
  coming: readonly Instance[],
): ReadonlyMap<string, Instance> {
  const before = byMeaning(leaving);
  const after = byMeaning(coming);
  return new Map(
    [...after].flatMap(([meaning, [renamed, ...others]]) => {
      const [old, ...more] = before.get(meaning) ?? [];
      if (renamed === undefined || old === undefined || others.length > 0 || more.length > 0) return [];
      return [[renamed.name, old]];
    }),
  );
}

function byMeaning(instances: readonly Instance[]): ReadonlyMap<string, readonly Instance[]> {
  const found = new Map<string, readonly Instance[]>();
  for (const instance of instances) {
    const meaning = meaningWithoutName(instance);
    found.set(meaning, [...(found.get(meaning) ?? []), instance]);
  }
  return found;
}

/** What the hash covers, but for what follows from the name: the own names on networks, those of the image's volumes. */
function meaningWithoutName(instance: Instance): string {
  const { app, container, engine, image, environmentFile, files, secrets, initImages } = instance;
  const copy = instance.name.slice(instanceName({ app, container }).length);
  const own = new Set([container, `${container}${copy}`]);
  const networks = instance.spec.networks?.map(({ aliases, ...use }) => ({
    ...use,
    aliases: aliases.filter((alias) => !own.has(alias)),
  }));
  return canonicalJson({
    ...{ app, copy, engine, image: image.id, environmentFile, networks },
    spec: { ...meaningOf(instance.spec), networks: undefined },
    volumes: instance.ownedVolumes.map(({ target }) => target),
    files: files?.map(({ hash }) => hash),
    secrets: secrets?.map(({ hash }) => hash),
    initImages: initImages?.map(({ id }) => id),
  });
}
