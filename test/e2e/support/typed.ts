import { until } from '../../lab/until.ts';
import { patienceMs } from '../../lab/patience.ts';
import type { GearHost } from './gear-host.ts';

interface Answer {
  /** What is on the screen when the question is asked. */
  readonly to: string;
  readonly type: string;
}

/** `gear LINE`, typed at a terminal in a folder, with an answer to each question in turn: the exit status, and all on the screen. */
export async function typed(
  { host }: GearHost,
  line: string,
  answers: readonly Answer[],
  folder = '/',
): Promise<{ readonly code: number; readonly said: string }> {
  const typing = await host.spawn([
    ...['env', `--chdir=${folder}`],
    ...['script', '-qec', `/opt/gear/bin/run.cjs ${line}`, '/dev/null'],
  ]);
  let said = '';
  typing.child.stdout?.on('data', (text: Buffer) => (said += text.toString()));
  for (const [at, { to, type }] of answers.entries()) {
    const times = answers.slice(0, at + 1).filter((each) => each.to === to).length;
    const asked = () => Promise.resolve(said.split(to).length > times ? true : undefined);
    await until(`the question ${to}`, asked, { timeoutMs: patienceMs });
    typing.child.stdin?.write(`${type}\n`);
  }
  return { code: await typing.exited, said };
}
