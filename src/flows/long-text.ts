import type { FlowContext } from './context.ts';

/** What a command writes that takes as long as it takes, as du(1) does: for a large volume, minutes. The signal ends it. */
export async function longText(
  { host, signal }: Pick<FlowContext, 'host' | 'signal'>,
  command: readonly string[],
): Promise<string> {
  const chunks: Uint8Array[] = [];
  await host.pipe(command, {
    signal,
    output: async (bytes) => {
      for await (const chunk of bytes) chunks.push(chunk);
    },
  });
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  chunks.reduce((at, chunk) => {
    whole.set(chunk, at);
    return at + chunk.length;
  }, 0);
  return new TextDecoder().decode(whole);
}
