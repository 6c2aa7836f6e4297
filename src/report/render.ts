import type { RenderReport } from './values-of-plans.ts';

/** The texts one after another, each under its name; or where they are. */
export function printRender({ units, out }: RenderReport): string {
  if (out !== null) return `${units.length} units in ${out}`;
  return units
    .map(({ name, text }) => `# ${name}\n${text ?? ''}`)
    .join('\n')
    .trimEnd();
}
