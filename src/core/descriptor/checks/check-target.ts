import type { AppRequest } from '../../model/app.ts';
import type { EngineKind } from '../../model/container.ts';

/** Where apps are to run, as far as that is known: for what is not known nothing is refused. */
export interface CheckTarget {
  readonly engineOf: (app: AppRequest) => EngineKind | undefined;
  readonly systemdVersion?: number;
}

/** What the descriptors themselves say. */
export const asStated: CheckTarget = { engineOf: ({ engine }) => engine };
