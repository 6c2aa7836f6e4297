import type { AppDifference, ContainerDifference } from '../core/descriptor/diff/compare-apps.ts';
import { plain } from './plain.ts';
import type { Style } from './style.ts';

/** `gear diff`: a line for each container that came, went or was renamed, and below the others what differs. */
export function printDiff({ lines, containers }: AppDifference, style: Style): string {
  if (lines.length === 0 && containers.length === 0) return 'Both mean the same.';
  return [
    ...lines.map((line) => `~ ${plain(line)}`),
    ...containers.flatMap((each) => blockOf(each, style)),
  ].join('\n');
}

function blockOf({ name, change, from, lines }: ContainerDifference, style: Style): readonly string[] {
  switch (change) {
    case 'added':
      return [style.good(`+ ${name}`)];
    case 'removed':
      return [style.bad(`- ${name}`)];
    case 'renamed':
      return [style.warn(`> ${name} (was ${from ?? ''})`)];
    case 'changed':
      return [style.warn(`~ ${name}`), ...lines.map((line) => `    ${plain(line)}`)];
  }
}
