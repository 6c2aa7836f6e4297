import { escapeUnitPart } from './escape.ts';

/** The slice of an app. A dash in a slice's name means nesting (systemd.slice(5)), so the app's own are escaped. */
export function sliceName(app: string): string {
  return `gear-${escapeUnitPart(app)}.slice`;
}
