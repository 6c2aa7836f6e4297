import { FailureError } from '../errors/failure.ts';
import type { EngineKind } from '../core/model/container.ts';
import { paths } from '../core/model/paths.ts';
import type { PipeResult } from '../ports/host.ts';
import type { FlowContext } from './context.ts';

/** What of Docker's surroundings is fixed: root's own configuration could lead to another host. */
export function dockerEnvironment(): readonly string[] {
  return [`DOCKER_HOST=unix://${paths.dockerSocket}`, `DOCKER_CONFIG=${paths.emptyConfig}`];
}

/** The engine's own command line for what people do with it, as argv. */
export async function engineLine(
  context: FlowContext,
  kind: EngineKind,
  args: readonly string[],
): Promise<readonly string[]> {
  const { command } = await (await context.host.engine(kind)).facts();
  return kind === 'docker' ? ['env', ...dockerEnvironment(), command, ...args] : [command, ...args];
}

/** Runs it to its end, and returns what it wrote. `what` completes "could not …". FailureError ENGINE_FAILED. */
export async function askEngine(
  context: FlowContext,
  kind: EngineKind,
  what: string,
  args: readonly string[],
): Promise<string> {
  const { stdout, ...end } = await context.host.run(await engineLine(context, kind, args));
  refuseFailed(kind, what, end);
  return stdout;
}

/** The same for what may take long: no time bounds it, and an interruption ends it. FailureError ENGINE_FAILED. */
export async function awaitEngine(
  context: FlowContext,
  kind: EngineKind,
  what: string,
  args: readonly string[],
): Promise<void> {
  const line = await engineLine(context, kind, args);
  refuseFailed(kind, what, await context.host.pipe(line, { signal: context.signal }));
}

function refuseFailed(kind: EngineKind, what: string, { status, stderr }: PipeResult): void {
  if (status === 0) return;
  const said = (stderr.trim().split('\n').at(-1) ?? '').replace(/^Error( response from daemon)?: /, '');
  const isAbsent = /no such file or directory|could not find the file|could not be found/i.test(said);
  throw new FailureError({
    code: 'ENGINE_FAILED',
    message: `${kind} could not ${what}: ${said === '' ? `status ${String(status)}` : said}`,
    next: isAbsent ? 'correct the path: it is looked for as the message has it' : 'gear doctor',
  });
}
