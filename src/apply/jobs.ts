import { attempt, type Failure, FailureError } from '../errors/failure.ts';
import { readyUnitName, unitName } from '../core/model/unit-names.ts';
import { systemctl } from '../core/model/systemctl.ts';
import { isDown, unmetWords } from '../core/model/unmet.ts';
import { paths } from '../core/model/paths.ts';
import type { JobOptions, JobResult, UnitState } from '../ports/systemd.ts';
import { type Cause, findCause } from './cause.ts';
import type { Tools } from './tools.ts';

/** CLD_EXITED of sigaction(2), as ExecMainCode has it. */
const exited = 1;
/** How many of the last lines of a unit tell why it failed. */
const shownLines = 20;

/** Queues a start or restart and awaits its result. FailureError START_FAILED with the reason and the last lines. */
export async function startUnit(
  tools: Tools,
  verb: 'start' | 'restart',
  unit: string,
  instance: string,
): Promise<void> {
  const systemd = await tools.host.systemd();
  const sinceMs = tools.clock.nowMs();
  const result = await withinDeadline(tools, (options) =>
    systemd[verb](unit, { ...options, queueOnly: !tools.wait }),
  );
  // ExecCondition= is not met: no failure, as with Condition…= of [Unit], which is `done`.
  if (result !== 'done' && result !== 'skipped')
    throw new FailureError(await explain(tools, unit, instance, sinceMs, result));
  // It runs as declared, with its present files: no stop of gear's stands any more, nor a reload that was waited for.
  const { files } = tools.host;
  if (verb === 'start') await files.remove(`${paths.stops}/${unit}`);
  await files.remove(`${paths.reloads}/${instance}`);
}

/** Tells a running container to read its files again, and awaits it. FailureError START_FAILED with the last lines. */
export async function reloadUnit(tools: Tools, unit: string, instance: string): Promise<void> {
  const systemd = await tools.host.systemd();
  const sinceMs = tools.clock.nowMs();
  const result = await withinDeadline(tools, (options) =>
    systemd.reloadUnit(unit, { ...options, queueOnly: !tools.wait }),
  );
  const mark = `${paths.reloads}/${instance}`;
  if (result === 'done') return tools.host.files.remove(mark);
  const lines = await tools.host.journal.last(unit, shownLines, sinceMs - 1000);
  throw new FailureError({
    code: 'START_FAILED',
    message: `${instance} did not take up its changed files: systemd says ${result} of its reload`,
    next: `gear logs ${instance}; without reload: in its descriptor a change restarts it`,
    subject: instance,
    details: lines.map((line) => line.message),
  });
}

/** So often a stop is asked for again that something else has cancelled. */
const mostStops = 3;

/**
 * Stops a unit and awaits it. A readiness that systemd tries again at that moment starts what it is bound to, which cancels
 * the stop: it is asked for again. FailureError STOP_FAILED.
 */
export async function stopUnit(tools: Tools, unit: string, instance: string): Promise<void> {
  const systemd = await tools.host.systemd();
  const stop = () => systemd.stop(unit, { queueOnly: !tools.wait, signal: tools.signal });
  let result = await stop();
  for (let tries = 1; result === 'canceled' && tries < mostStops; tries++) result = await stop();
  // A payload that had to be killed would leave the unit marked as failed, which a stop is not.
  if (result === 'done') {
    if (tools.wait) await systemd.resetFailed(unit);
    return;
  }
  throw new FailureError({
    code: 'STOP_FAILED',
    message: `${instance}: systemd could not stop ${unit}: ${result}`,
    next: `systemctl status ${unit}`,
    subject: instance,
  });
}

/** Awaits the readiness of an instance. FailureError START_FAILED when the check does not pass in time. */
export async function awaitReady(tools: Tools, unit: string, instance: string): Promise<void> {
  const systemd = await tools.host.systemd();
  const sinceMs = tools.clock.nowMs();
  const result = await withinDeadline(tools, (options) => systemd.start(unit, options));
  // What systemd skipped for its conditions is not there to become ready.
  if (result === 'dependency' && (await unmetOf(tools, instance)).length > 0) return;
  if (result !== 'done') throw new FailureError(await explain(tools, unit, instance, sinceMs, result));
}

/** Conditions that the last start of an instance was not made for. */
async function unmetOf({ host }: Tools, instance: string): Promise<readonly string[]> {
  const [state] = await (await host.systemd()).units([unitName(instance)]);
  return state !== undefined && isDown(state) ? state.unmet : [];
}

/** Time running out is a result like systemd's own: the job goes on, the command does not. */
async function withinDeadline(
  tools: Tools,
  job: (options: JobOptions) => Promise<JobResult>,
): Promise<JobResult> {
  const timeoutMs = Math.max(1, tools.deadlineMs - tools.clock.passedMs());
  const result = await attempt(() => job({ timeoutMs, signal: tools.signal }));
  if (result.ok) return result.value;
  if (result.failures.some((failure) => failure.code === 'WAIT_TIMEOUT')) return 'timeout';
  throw new FailureError(...result.failures);
}

async function explain(
  tools: Tools,
  unit: string,
  instance: string,
  sinceMs: number,
  result: JobResult,
): Promise<Failure> {
  const systemd = await tools.host.systemd();
  const [state] = await systemd.units([unit]);
  const container = unitName(instance);
  // The journal is stamped by journald, which may be a little behind or ahead of the moment the job was queued.
  const lines = await tools.host.journal.last(container, shownLines, sinceMs - 1000);
  const isGate = unit !== container;
  const own = !isGate ? [] : await tools.host.journal.last(unit, 3, sinceMs - 1000);
  const check = isGate ? checkWords(messages(own)) : '';
  const cause = isGate ? null : await findCause(tools, instance);
  // A job is started when it has run to its end.
  const ran = cause === null && result === 'failed' && tools.instances.get(instance)?.spec.job === true;
  // What does not run fails by itself, and is told with its own lines.
  const theirs =
    cause?.runs === true
      ? await tools.host.journal.last(unitName(cause.name), shownLines, sinceMs - 1000)
      : [];
  const gate =
    cause?.runs === true ? await tools.host.journal.last(readyUnitName(cause.name), 3, sinceMs - 1000) : [];
  return {
    code: 'START_FAILED',
    message: isGate
      ? `${instance} did not become ready: its health check never passed${check}`
      : `${instance} ${ran ? 'failed' : 'did not start'}: ${whyNot(cause, state, result)}${checkWords(messages(gate))}`,
    next: whereToLook(instance, cause),
    subject: instance,
    // What explains most stands last.
    details: [
      ...ownWordsLast(lastOfEach(messages(check === '' ? [...lines, ...own] : lines))),
      ...lastOfEach(messages(theirs)).map((line) => `${cause?.name ?? ''}: ${line}`),
    ],
    ...(tools.instances.get(instance)?.spec.job === true && state?.execMainCode === exited
      ? { exitStatus: state.execMainStatus }
      : {}),
  };
}

function whyNot(cause: Cause | null, state: UnitState | undefined, result: JobResult): string {
  if (cause !== null) return `it waits for ${cause.name}, which ${cause.what}`;
  if (state === undefined) return result;
  return result === 'assert' && state.unmet.length > 0
    ? unmetWords(state.unmet)
    : describeExit(state, result);
}

function whereToLook(instance: string, cause: Cause | null): string {
  if (cause === null) return `gear logs ${instance}`;
  return cause.instance === null ? systemctl(`status ${cause.name}`) : `gear logs ${cause.name}`;
}

/** `podman rm` in ExecStopPost= writes the ID of what it removed. */
const removedId = /^[0-9a-f]{64}$/;

function messages(lines: readonly { readonly message: string }[]): readonly string[] {
  return lines.map(({ message }) => message).filter((line) => !removedId.test(line));
}

/** What is started again and again says the same each time, which is told once. */
function lastOfEach(lines: readonly string[]): readonly string[] {
  return lines.filter((line, index) => lines.lastIndexOf(line) === index);
}

/** What the gates of a unit say goes before what the container said, which is what explains most. */
function ownWordsLast(lines: readonly string[]): readonly string[] {
  const isGate = (line: string): boolean => line.startsWith('gear: ');
  return [...lines.filter(isGate), ...lines.filter((line) => !isGate(line))];
}

/** What the gate of readiness says last of the check that it runs. */
export function checkWords(lines: readonly string[]): string {
  const last = lines.findLast((line) => line.includes(ofCheck));
  if (last === undefined) return '';
  return `; ${last.slice(last.indexOf(ofCheck) + ofCheck.length).replace(/[: ]+$/, '')}`;
}

const ofCheck = 'of its check, ';

/** How the main process ended, in words. */
export function describeExit(state: UnitState, result: string): string {
  if (state.execMainCode === 1 && state.execMainStatus !== 0)
    return `exit status ${String(state.execMainStatus)}`;
  if (state.execMainCode === 2 || state.execMainCode === 3)
    return `killed by signal ${String(state.execMainStatus)}`;
  if (result === 'dependency') return 'a unit that it requires did not start';
  if (result === 'timeout' || state.result === 'timeout') return 'it took too long';
  return `systemd says ${result}`;
}
