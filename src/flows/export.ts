import { nativeApp, type NativeApp } from '../core/descriptor/export/native-app.ts';
import type { ExportFormat } from '../core/descriptor/foreign/formats.ts';
import type { WriteLoss } from '../core/descriptor/foreign/foreign-writer.ts';
import { attempt, type Result } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';
import { dataPath, readRunningApp } from './running-app.ts';

/** `gear export APP`. */
export interface ExportInput {
  readonly app: string;
  /** Values of variables, which are secret, instead of references to them. */
  readonly showEnv: boolean;
  /** Absent: gear's own. */
  readonly format?: ExportFormat;
}

/** A running app as a native descriptor. */
export interface ExportedApp {
  readonly descriptor: NativeApp['value'];
  /** What of the app a descriptor cannot say. */
  readonly notes: readonly string[];
  /** What the format that was asked for cannot say. */
  readonly losses: readonly WriteLoss[];
  /** The descriptor as YAML, or in the format that was asked for. */
  readonly text: string;
}

/** The native descriptor that, applied on this host, changes nothing of the app. */
export async function exportApp(
  context: FlowContext,
  { app, showEnv, format = 'native' }: ExportInput,
): Promise<Result<ExportedApp>> {
  return attempt(async () => {
    const { request, instances } = await readRunningApp(context, app);
    const { value, notes } = nativeApp(request, {
      showEnv,
      fileSource: (container, target) => {
        const files = instances.find((each) => each.container === container)?.files ?? [];
        return dataPath(files.find((file) => file.target === target)?.hash ?? '');
      },
    });
    const written = await writeAs(format, { value, notes });
    for (const { key, verdict, words } of written.losses)
      context.emit({
        type: verdict === 'refused' ? 'warning' : 'notice',
        subject: key,
        message: `${verdict === 'refused' ? 'left out' : verdict}: ${words}`,
      });
    return { descriptor: value, notes, ...written };
  });
}

async function writeAs(format: ExportFormat, app: NativeApp): Promise<Pick<ExportedApp, 'text' | 'losses'>> {
  switch (format) {
    case 'native': {
      const { nativeText } = await import('../core/descriptor/export/native-text.ts');
      return { text: nativeText(app), losses: [] };
    }
    case 'compose':
      return (await import('../core/descriptor/compose/write-compose.ts')).writeCompose(app.value);
    case 'kube':
      return (await import('../core/descriptor/kubernetes/write-kubernetes.ts')).writeKubernetes(app.value);
    case 'quadlet': {
      const { quadletBundle, writeQuadlet } = await import('../core/descriptor/quadlet/write-quadlet.ts');
      const { files, losses } = writeQuadlet(app.value);
      return { text: quadletBundle(files), losses };
    }
  }
}
