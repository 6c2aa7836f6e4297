import type { Failure } from '../../../errors/failure.ts';
import { quote } from '../../../errors/quote.ts';
import { instanceName } from '../../model/instance-name.ts';
import { nearest } from '../../model/nearest.ts';
import { isSystemdUnit, unitTypes } from '../../model/systemd-unit.ts';
import { relationKeys } from '../native/lower-relations.ts';
import type { Finding, ReadApp } from './read-app.ts';

/** A container that an app relates to, of an app that is not among those given. */
export interface Elsewhere extends Finding {
  /** The instance that has the relation. */
  readonly name: string;
  /** Whether that is a mistake for certain; else only the host that runs it can tell. */
  readonly isSure: boolean;
}

/**
 * DEPENDENCY_UNKNOWN for relations to containers of apps that are not given. `here` are the containers of this machine; null
 * where gear never ran: then only what looks like the misspelt suffix of a unit is a mistake for certain.
 */
export function findElsewhere(
  apps: readonly ReadApp[],
  here: ReadonlySet<string> | null,
): readonly Elsewhere[] {
  const given = new Set(apps.map(({ request }) => request.app));
  return apps.flatMap((app) => {
    const once = app.request.containers.filter(({ copy = 1 }) => copy === 1);
    return once.flatMap((request) =>
      Object.entries(relationKeys).flatMap(([key, field]) =>
        (request.spec[field] ?? []).flatMap((target): readonly Elsewhere[] => {
          const [owner = '', type] = target.split('.');
          if (type === undefined || isSystemdUnit(target) || given.has(owner) || here?.has(target) === true)
            return [];
          const near = nearest(type, unitTypes);
          const place = app.place(['containers', request.container, key]);
          return [
            {
              apps: [app],
              name: instanceName(request),
              isSure: near !== undefined || (here !== null && app.request.host === undefined),
              failure: { ...failureOf(target, owner, near), place },
            },
          ];
        }),
      ),
    );
  });
}

function failureOf(target: string, owner: string, near: string | undefined): Failure {
  return {
    code: 'DEPENDENCY_UNKNOWN',
    message: `${quote(target)} is neither a unit of systemd, nor a container that is given or runs here`,
    next:
      near === undefined
        ? `give the descriptor of ${owner} too; a unit is named with its suffix, as in ${owner}.service`
        : `did you mean ${quote(`${owner}.${near}`)}?`,
  };
}
