import { attempt, FailureError, type Result } from '../errors/failure.ts';
import { checkSpec } from '../core/descriptor/apply-change.ts';
import type { ContainerRequest, EngineKind } from '../core/model/container.ts';
import { resolveInstance } from '../core/model/resolve.ts';
import { isUp } from '../core/plan/form.ts';
import { environmentFiles } from '../core/render/environment-file.ts';
import { isInherited } from '../core/render/environment-names.ts';
import { onceArguments } from '../core/render/once-arguments.ts';
import { paths } from '../core/model/paths.ts';
import type { RunReport } from '../report/values-of-runs.ts';
import { environmentWithSecrets } from './app-secrets.ts';
import { findAbsentSources } from './binds.ts';
import type { FlowContext } from './context.ts';
import { askEngine } from './engine-command.ts';
import { chooseEngine } from './engines.ts';
import { resolveImage } from './images.ts';
import type { PullPolicy } from './inputs.ts';
import { onceCommand } from './once-command.ts';
import { refuseOtherPlatform } from './platform.ts';
import { preflight } from './preflight.ts';

/** What is in it is for root, or the user, and the engine. */
const [ownFolder, ownFile] = [0o700, 0o600];

/** `gear run`. */
export interface RunInput {
  readonly request: ContainerRequest;
  readonly engine?: EngineKind;
  readonly pull: PullPolicy;
  /** gear's own streams are a terminal. */
  readonly terminal: boolean;
  /** What the program writes to stdout goes to stderr, and leaves stdout to gear. */
  readonly quiet: boolean;
}

/**
 * Runs a container once in a transient unit, with gear's own streams, and tells how it ended. It is gone afterwards,
 * whatever ended it: systemd removes it, not gear.
 */
export async function runOnce(context: FlowContext, input: RunInput): Promise<Result<RunReport>> {
  return attempt(async () => {
    const systemd = await preflight(context);
    const { host } = context;
    const { request } = input;
    const { spec } = request;
    const name = request.app;
    const kind = await chooseEngine(context, input.engine, null, name);
    const unfit = [...checkSpec(spec, kind), ...(await findAbsentSources(context, name, spec))];
    if (unfit.length > 0) throw new FailureError(...unfit);
    await refuseOtherPlatform(context, kind, name, spec);
    const { image, config } = await resolveImage(context, kind, spec.image, input.pull);
    const environment = await environmentWithSecrets(context, request, name);
    const instance = {
      ...resolveInstance({
        ...{ name, app: name, container: name, engine: kind, spec, image, imageConfig: config, hold: null },
        environmentKeys: Object.keys(environment),
        environmentFile: null,
      }),
      ownedVolumes: [],
    };
    const container = `ctr-${name}`;
    const engine = await host.engine(kind);
    const { command } = await engine.facts();
    // Of this run alone: of two, or of a run and an install, with the same values neither takes it from the other.
    const { raw } = environmentFiles(environment);
    const path = `${paths.runs}/${name}`;
    try {
      if (raw !== null) await host.files.write(path, raw, ownFile, ownFolder);
      await engine.create({
        name: container,
        arguments: onceArguments(instance, {
          container,
          environmentFile: raw === null ? null : path,
          terminal: input.terminal,
        }),
        environment: Object.fromEntries(Object.entries(environment).filter(([key]) => isInherited(key))),
      });
    } finally {
      // The engine has read it: nothing of a container that runs once stays on the disk.
      if (raw !== null) await host.files.remove(path);
    }
    const unit = `${container}.service`;
    const line = onceCommand(instance, { unit, container, command, terminal: input.terminal });
    const status = await host.attach(line, { signal: context.signal, quiet: input.quiet });
    // Ctrl-C ends the client of systemd alone, or comes before that has asked for the unit.
    const [state] = await systemd.units([unit]);
    // A unit of that name which has a file of its own is another's: systemd has refused to make one beside it.
    const isOwn = state?.fragmentPath.includes('/systemd/transient/') === true;
    if (isOwn && (isUp(state.activeState) || state.activeState === 'deactivating')) await systemd.stop(unit);
    // To remove what is gone is a failure for engines of before.
    if (context.signal.aborted && (await engine.container(container)) !== null) {
      await askEngine(context, kind, `remove ${container}`, ['rm', '--force', '--volumes', container]);
    }
    return { name, unit, image: image.reference, exitStatus: status };
  });
}
