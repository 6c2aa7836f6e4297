import { Document } from 'yaml';
import type { NativeApp } from './native-app.ts';
import { styledYaml, yamlVersion } from './yaml-style.ts';

/** A native descriptor as YAML. What it cannot say stands before it. */
export function nativeText({ value, notes }: NativeApp): string {
  const document = new Document(value, yamlVersion);
  if (notes.length > 0) document.commentBefore = notes.map((note) => ` ${note}`).join('\n');
  return styledYaml(document);
}
