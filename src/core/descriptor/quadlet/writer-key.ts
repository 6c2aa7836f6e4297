import { lose, pairsOf, textsOf, type WriterKey, type Writing, textOf } from '../foreign/foreign-writer.ts';
import type { UnitText } from './unit-text.ts';

/** A .container file while a container is written as one. */
export interface ContainerWriting {
  readonly writing: Writing;
  readonly unit: UnitText;
}

type Write = WriterKey<ContainerWriting>['write'];

/** A key that `write` writes. */
export function kept(name: string, to: string, write: Write, note = ''): WriterKey<ContainerWriting> {
  return { name, verdict: 'kept', to, note, write };
}

/** A key that becomes something near it, which is told. */
export function near(name: string, to: string, how: string, write: Write): WriterKey<ContainerWriting> {
  return {
    ...{ name, verdict: 'approximated', to, note: how },
    write: (into, value) => {
      write(into, value);
      lose(into.writing, name, how);
    },
  };
}

/** One value as it is. */
export function text(name: string, to: string): WriterKey<ContainerWriting> {
  return kept(name, to, ({ unit }, value) => unit.add('Container', to, plain(textOf(value))));
}

/** One line for each item. */
export function texts(name: string, to: string): WriterKey<ContainerWriting> {
  return kept(name, to, ({ unit }, value) => {
    for (const item of textsOf(value)) unit.add('Container', to, plain(item));
  });
}

/** One line for each pair. */
export function pairs(name: string, to: string): WriterKey<ContainerWriting> {
  return kept(name, to, ({ unit }, value) => {
    for (const [key, item] of pairsOf(value)) unit.add('Container', to, unit.word(plain(`${key}=${item}`)));
  });
}

/** True; what is false is not written. */
export function toggle(name: string, to: string): WriterKey<ContainerWriting> {
  return kept(name, to, ({ unit }) => unit.add('Container', to, 'true'));
}

/** A key that Quadlet cannot say. */
export function lost(name: string, why: string, next: string): WriterKey<ContainerWriting> {
  return {
    ...{ name, verdict: 'refused', to: '', note: `${why}: ${next}` },
    write: ({ writing }) => lose(writing, name, `${why}: ${next}`, 'refused'),
  };
}

/** A text as it means itself: variables are written `$$` in descriptors, specifiers `%%` in units. */
export function plain(given: string): string {
  return given.replaceAll('$$', '$').replaceAll('%', '%%');
}
