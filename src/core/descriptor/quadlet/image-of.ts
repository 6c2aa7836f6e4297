import type { QuadletContainer } from './quadlet-container.ts';
import { lastOf, type QuadletUnit, type Value } from './quadlet-unit.ts';
import { fillSpecifiers } from './specifiers.ts';

/** The image that Image= means: a reference, or what an .image or .build file calls its own. */
export function imageOf(container: QuadletContainer, value: Value): string | undefined {
  const text = container.filled(value);
  if (!/\.(image|build)$/.test(text)) return text;
  const unit = container.other(text, value);
  const named = unit === undefined ? undefined : nameOfImage(unit);
  if (unit !== undefined && named === undefined)
    container.reader.fail(
      value.path,
      'VALUE_INVALID',
      `${unit.file} names no image`,
      unit.kind === 'image' ? 'add Image= to it' : 'add ImageTag= to it',
    );
  if (unit?.kind === 'build')
    container.approximate(
      value.path,
      `gear builds no images: build ${named ?? 'it'} first, with podman build`,
    );
  return named;
}

function nameOfImage(unit: QuadletUnit): string | undefined {
  const [section, key] = unit.kind === 'image' ? ['Image', 'Image'] : ['Build', 'ImageTag'];
  // Of several tags Quadlet takes the first.
  const tag = lastOf(unit, section, 'ImageTag') ?? lastOf(unit, section, key);
  const first = unit.kind === 'build' ? unit.sections.get(section)?.get(key)?.[0]?.value : tag?.text;
  return first === undefined ? undefined : fillSpecifiers(first, unit.name).text;
}
