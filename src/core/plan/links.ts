import type { Instance } from '../model/instance.ts';
import { paths } from '../model/paths.ts';
import { unitsOf } from '../render/units-of.ts';

/** A symlink that gear writes. */
export interface Link {
  readonly path: string;
  readonly target: string;
}

/** The link by which systemd finds a unit of the current generation. */
export function unitLinks(unit: string): Link {
  return { path: `${paths.units}/${unit}`, target: `${paths.current}/units/${unit}` };
}

/** The instance that a unit file or link of gear's belongs to; null for any other name. */
export function instanceOfUnit(path: string): string | null {
  const file = path.slice(path.lastIndexOf('/') + 1);
  return /^ctr-(.+?)(-ready)?\.(service|timer)$/.exec(file)?.[1] ?? null;
}

/**
 * The links that start an instance on boot; of a scheduled one, its timer. Docker's units are wanted by docker.service too: packages stop and start
 * the daemon on an upgrade, and what merely requires it would stay down.
 */
export function bootLinkPaths(instance: Instance): readonly Link[] {
  const unit = unitsOf(instance).start;
  if (instance.spec.schedule !== undefined) {
    return [{ path: `${paths.timerLinks}/${unit}`, target: `${paths.units}/${unit}` }];
  }
  const folders = instance.engine === 'docker' ? [paths.bootLinks, paths.dockerLinks] : [paths.bootLinks];
  return folders.map((folder) => ({ path: `${folder}/${unit}`, target: `${paths.units}/${unit}` }));
}

/** Whether a link of the unit folders is one that gear made: it leads into gear's current generation, or to such a unit. */
export function isOwnLink(path: string, target: string | null): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    target === `${paths.current}/units/${name}` ||
    (path !== `${paths.units}/${name}` && target === `${paths.units}/${name}`)
  );
}
