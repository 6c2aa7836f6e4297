import { quote } from '../../../errors/quote.ts';
import type { Directive, UnitSection } from '../../model/container.ts';
import { directiveOf } from '../directive.ts';
import type { ContainerInput } from './schema.ts';
import type { Findings } from './findings.ts';

const sections: readonly UnitSection[] = ['Unit', 'Service', 'Install'];

/** The directives of `systemd:` by section and name, each list in its order: the order of keys means nothing. */
export function lowerDirectives(
  findings: Findings,
  name: string,
  input: ContainerInput,
): readonly Directive[] {
  if (input.systemd === undefined) return [];
  return sections.flatMap((section) =>
    Object.entries(input.systemd?.[section] ?? {})
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([directive, given]) => {
        const path = ['containers', name, 'systemd', section, directive];
        if (!/^[A-Za-z0-9-]+$/.test(directive)) {
          findings.refuse(
            path,
            'DIRECTIVE_UNKNOWN',
            `${quote(directive)} cannot be a directive of systemd`,
            'man 7 systemd.directives lists them',
            'key',
          );
          return [];
        }
        const values = Array.isArray(given) ? given : [given];
        return values.flatMap(
          (value) => findings.take(directiveOf(section, directive, directiveText(value)), path) ?? [],
        );
      }),
  );
}

/** systemd writes yes and no, and reads both spellings. */
function directiveText(value: string | number | boolean): string {
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
}
