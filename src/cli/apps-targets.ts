import type { AppRequest } from '../core/model/app.ts';
import { FailureError } from '../errors/failure.ts';
import type { AppsInput } from '../flows/app-inputs.ts';
import { type Target, targetsFor } from './targets.ts';

/**
 * Which host is to run which apps: each app the host of its descriptor, or else all of `--host`, or this machine. With
 * `--host`, nothing is asked of any other. What could not be read is told by the first. FailureError HOST_INVALID.
 */
export async function appsTargets(
  input: AppsInput,
  hosts: readonly string[] | undefined,
): Promise<readonly Target<AppsInput>[]> {
  const { apps, failures, left = [] } = input;
  if (hosts === undefined && apps.every(({ host }) => host === undefined)) return targetsFor(input, hosts);
  const free = apps.filter(({ host }) => host === undefined);
  const asked = hosts ?? (free.length > 0 ? ['local'] : []);
  const found = new Map<string, Target<AppRequest[]>>();
  for (const target of await targetsFor(null, asked))
    found.set(target.label, { ...target, input: [...free] });
  for (const app of apps) {
    if (app.host === undefined) continue;
    for (const target of await targetsFor(null, [app.host])) {
      const known = found.get(target.label);
      if (known !== undefined) known.input.push(app);
      else if (hosts === undefined) found.set(target.label, { ...target, input: [app] });
    }
  }
  const used = [...found.values()].filter((target) => target.input.length > 0);
  if (used.length === 0) throw elsewhere(apps);
  return used.map((target, at) => ({
    ...target,
    input: {
      ...input,
      apps: target.input,
      failures: at === 0 ? failures : [],
      left: at === 0 ? left : [],
      ...(used.length > 1 ? { onlySome: true } : {}),
    },
  }));
}

function elsewhere(apps: readonly AppRequest[]): FailureError {
  return new FailureError({
    code: 'USAGE',
    message: `no descriptor is for the hosts of --host: ${apps.map(({ app, host }) => `${app} is for ${host ?? ''}`).join(', ')}`,
    next: 'leave --host out, or name another',
  });
}
