import { FailureError } from '../errors/failure.ts';
import type { DiffSide } from '../flows/diff.ts';
import { readApps } from './read-apps.ts';

/** What a word of `gear diff` means: names of apps have neither dots nor slashes. FailureError with every mistake. */
export async function diffSide(word: string): Promise<DiffSide> {
  if (!/[./]/.test(word)) return word;
  const { apps, failures } = await readApps({ paths: [word], overlays: [] });
  if (failures.length > 0) throw new FailureError(...failures);
  const [app, ...more] = apps;
  if (app !== undefined && more.length === 0) return app;
  throw new FailureError({
    code: 'USAGE',
    message: `${word} holds ${String(apps.length)} descriptors`,
    next: `name one of them: gear diff ${word.replace(/\/*$/, '')}/FILE …`,
  });
}
