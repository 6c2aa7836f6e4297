import type { EngineKind } from '../core/model/container.ts';
import { paths } from '../core/model/paths.ts';
import type { FlowContext } from './context.ts';

/** An image that gear fetched, by the name that it was fetched with. */
export interface PulledMark {
  readonly engine: EngineKind;
  readonly id: string;
  readonly reference: string;
  readonly path: string;
}

/** Notes that gear, and nobody else, brought the image to this host. */
export async function markPulled(
  { host }: FlowContext,
  engine: EngineKind,
  id: string,
  reference: string,
): Promise<void> {
  await host.files.write(`${paths.pulled}/${engine}-${id.replace('sha256:', '')}`, `${reference}\n`, 0o644);
}

/** The images that gear fetched; some may be gone since. */
export async function pulledMarks({ host }: FlowContext): Promise<readonly PulledMark[]> {
  const entries = await host.files.list(paths.pulled);
  const marks = await Promise.all(
    entries.map(async ({ name }): Promise<readonly PulledMark[]> => {
      const [, engine, hex = ''] = /^(docker|podman)-([0-9a-f]{64})$/.exec(name) ?? [];
      if (engine === undefined) return [];
      const path = `${paths.pulled}/${name}`;
      const content = (await host.files.read(path)) ?? new Uint8Array();
      const reference = new TextDecoder().decode(content).trim();
      return [{ engine: engine as EngineKind, id: `sha256:${hex}`, reference, path }];
    }),
  );
  return marks.flat();
}
