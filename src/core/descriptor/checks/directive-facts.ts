import type { UnitSection } from '../../model/container.ts';

/** What is known of a directive: the type of its value where that can be judged, and since which version it exists. */
interface KnownDirective {
  readonly type?: 'boolean' | 'time' | 'size';
  readonly since?: number;
}

export type DirectiveTable = Readonly<Record<UnitSection, Readonly<Record<string, KnownDirective>>>>;
