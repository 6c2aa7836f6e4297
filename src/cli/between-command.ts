import { machineOf } from '../core/model/choose-hosts.ts';
import { splitHostWord } from '../core/model/host-word.ts';
import { attempt, FailureError, type Result } from '../errors/failure.ts';
import type { FlowContext } from '../flows/context.ts';
import type { Between, MoveNames } from '../flows/move/between.ts';
import { orInterrupted } from '../flows/or-interrupted.ts';
import { createProgress } from '../report/progress.ts';
import { createStyle, type Style } from '../report/style.ts';
import { BaseCommand } from './base-command.ts';
import { createContextOn, imagesOn } from './context.ts';
import { listenForInterrupts } from './interrupts.ts';
import { oneChosen } from './one-chosen.ts';

interface BetweenRun<T> {
  readonly command: string;
  /** `[HOST/]APP`. */
  readonly name: string;
  readonly host: string;
  readonly flow: (between: Between, names: MoveNames) => Promise<Result<T>>;
  readonly print: (value: T, style: Style, names: MoveNames) => string;
}

/** What commands share that work between two hosts. */
export abstract class BetweenCommand extends BaseCommand {
  // oclif looks for it no further up than here.
  static override enableJsonFlag = true;

  /** Runs a flow with a context of each host, and prints what came of it. FailureError HOST_INVALID, USAGE. */
  protected async runBetween<T>({ name, host, flow, print, command }: BetweenRun<T>): Promise<T> {
    const word = splitHostWord(name);
    const [leaves, comes] = await Promise.all([oneChosen(word.host ?? 'local'), oneChosen(host)]);
    if (machineOf(leaves) === machineOf(comes))
      throw new FailureError({
        code: 'USAGE',
        message: `${word.name} is on ${comes.label} already: that is where it would come from`,
        next: 'name the host that it leaves before it: HOST/APP',
      });
    const interrupts = listenForInterrupts({ silent: false });
    const progress = createProgress(process.stderr, { quiet: this.jsonEnabled() });
    const connect = (chosen: typeof comes): Promise<FlowContext> =>
      createContextOn(chosen, {
        command,
        version: this.config.version,
        signal: interrupts.signal,
        emit: (event) => {
          progress.emit({ ...event, host: chosen.label });
        },
      });
    const [from, there] = await Promise.all([connect(leaves), connect(comes)]);
    const to = { ...there, imagesThere: imagesOn(from.host) };
    try {
      const names = { app: word.name, from: leaves.label, to: comes.label };
      const run = await attempt(() => orInterrupted(interrupts.signal, () => flow({ from, to }, names)));
      const result = run.ok ? run.value : run;
      progress.end();
      if (!result.ok) throw new FailureError(...(await lostOr([from, to], result.failures)));
      if (!this.jsonEnabled()) this.log(print(result.value, createStyle(process.stdout), names));
      return result.value;
    } finally {
      progress.end();
      interrupts.end();
      await Promise.all([from.host.close(), to.host.close()]);
    }
  }
}

/** Where a host is gone, that is told before whatever failed because of it. */
async function lostOr(
  contexts: readonly FlowContext[],
  failures: FailureError['failures'],
): Promise<FailureError['failures']> {
  const lost = (await Promise.all(contexts.map(async ({ host }) => (await host.lost?.()) ?? null))).flatMap(
    (each) => each ?? [],
  );
  return lost.length === 0 ? failures : [...failures.filter(({ code }) => !isOfHost(code)), ...lost];
}

function isOfHost(code: string): boolean {
  return code.startsWith('HOST_') || code === 'BUS_LOST' || code === 'FILE_FAILED';
}
