import type { Result } from '../errors/failure.ts';
import type { AdoptReport } from '../report/values-of-adoption.ts';
import type { AppsInput } from './app-inputs.ts';
import type { FlowContext } from './context.ts';

/** What is to be adopted: containers by name, or all that something else runs. */
export type AdoptSource =
  | {
      readonly kind: 'containers';
      readonly containers: readonly string[];
      readonly name?: string;
      readonly unit?: string;
    }
  | { readonly kind: 'compose'; readonly apps: AppsInput }
  | { readonly kind: 'quadlet'; readonly apps: AppsInput; readonly folder: string }
  | { readonly kind: 'geard' };

interface AdoptOptions {
  readonly timeoutMs: number;
  /** Shown what would be done; a false does nothing. */
  readonly confirm: (plan: AdoptReport) => Promise<boolean>;
}

/** `gear adopt`, by what it is pointed at. */
export async function adoptSource(
  context: FlowContext,
  source: AdoptSource,
  options: AdoptOptions,
): Promise<Result<AdoptReport>> {
  switch (source.kind) {
    case 'containers':
      return (await import('./adopt.ts')).adoptContainers(context, { ...source, ...options });
    case 'compose':
      return (await import('./adopt-compose.ts')).adoptCompose(context, { ...source.apps, ...options });
    case 'quadlet': {
      const { adoptQuadlet } = await import('./adopt-quadlet.ts');
      return adoptQuadlet(context, { ...source.apps, folder: source.folder, ...options });
    }
    case 'geard':
      return (await import('./adopt-geard.ts')).adoptGeard(context, options);
  }
}
