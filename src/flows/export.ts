import { nativeApp, type NativeApp } from '../core/descriptor/export/native-app.ts';
import { attempt, type Result } from '../errors/failure.ts';
import type { FlowContext } from './context.ts';
import { dataPath, readRunningApp } from './running-app.ts';

/** `gear export APP`. */
export interface ExportInput {
  readonly app: string;
  /** Values of variables, which are secret, instead of references to them. */
  readonly showEnv: boolean;
}

/** A running app as a native descriptor. */
export interface ExportedApp {
  readonly descriptor: NativeApp['value'];
  /** What of the app a descriptor cannot say. */
  readonly notes: readonly string[];
  /** The descriptor as YAML. */
  readonly text: string;
}

/** The native descriptor that, applied on this host, changes nothing of the app. */
export async function exportApp(
  context: FlowContext,
  { app, showEnv }: ExportInput,
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
    const { nativeText } = await import('../core/descriptor/export/native-text.ts');
    return { descriptor: value, notes, text: nativeText({ value, notes }) };
  });
}
