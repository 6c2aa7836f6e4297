import type { MoveStage } from '../../core/model/move-note.ts';
import { nearest } from '../../core/model/nearest.ts';
import { type Failure, FailureError } from '../../errors/failure.ts';
import { quote } from '../../errors/quote.ts';
import { readCurrentManifest } from '../../observe/manifest.ts';
import type { FlowContext } from '../context.ts';
import type { MoveNames } from './between.ts';
import type { MountedVolume } from './volumes.ts';

/** Neither host has the app; it may be a container of another one, which moves as a whole. */
export async function noSuchApp({ host }: FlowContext, { app, from, to }: MoveNames): Promise<FailureError> {
  const instances = (await readCurrentManifest(host.files))?.instances ?? [];
  const meant = instances.find(({ name, container }) => name === app || container === app);
  const near = nearest(
    app,
    instances.map((each) => each.app),
  );
  return new FailureError({
    code: 'NAME_UNKNOWN',
    message:
      meant === undefined
        ? `${from} has no app ${quote(app)}`
        : `${app} is a container of ${meant.app}, and an app moves as a whole`,
    next:
      meant !== undefined
        ? `gear move ${from}/${meant.app} ${to}`
        : near === undefined
          ? `see what there is: gear ls --host ${from}`
          : `did you mean ${near}?`,
    subject: app,
  });
}

/** Both hosts have it, in a way that no move of gear leaves. */
export function nowhere(stage: MoveStage, { app, from, to }: MoveNames): FailureError {
  const failure: Failure =
    stage === 'both'
      ? {
          code: 'MOVED_ON',
          message: `${app} was started on ${from} again, after it was started on ${to}`,
          next: `decide which one is right, and remove the other: gear rm ${from}/${app}, or gear rm ${to}/${app}`,
          subject: app,
        }
      : {
          code: 'NOT_OURS',
          message: `${to} has an app ${app} of its own`,
          next: `where it is not needed: gear rm ${to}/${app}; then the same command`,
          subject: app,
        };
  return new FailureError(failure);
}

/** It has data, and nobody said what becomes of it. */
export function staysBehind({ app, from, to }: MoveNames, mounted: readonly MountedVolume[]): FailureError {
  return new FailureError({
    code: 'USAGE',
    message: `${app} has data in ${mounted.map(({ volume }) => volume.name).join(', ')}`,
    next: `take it along: gear move ${from}/${app} ${to} --with-volumes; or begin with empty volumes there: --without-volumes`,
    subject: app,
  });
}
