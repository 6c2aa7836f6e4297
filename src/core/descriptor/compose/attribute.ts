import type { Path } from '../document.ts';
import type { Coverage } from '../foreign/coverage.ts';
import type { ServiceReader } from './service-reader.ts';

/** An attribute of a service: what becomes of it at best, and how it is read. */
export interface Attribute extends Coverage {
  readonly read: (service: ServiceReader, value: unknown, path: Path) => void;
}

type Read = Attribute['read'];

/** An attribute that is kept. */
export function kept(name: string, to: string, read: Read, note = ''): Attribute {
  return { name, verdict: 'kept', to, note, read };
}

/** An attribute that becomes something near it; `read` tells how for the value at hand. */
export function near(name: string, to: string, note: string, read: Read): Attribute {
  return { name, verdict: 'approximated', to, note, read };
}

/** An attribute that is left out, because it says nothing under systemd; `usual` is what holds without it. */
export function leftOut(name: string, note: string, usual?: boolean): Attribute {
  return near(name, '', note, (service, value, path) => {
    if (usual === undefined || value !== usual) service.approximate(path, note);
  });
}

/** An attribute that gear cannot give. */
export function refused(name: string, why: string, next: string): Attribute {
  return {
    name,
    verdict: 'refused',
    to: '',
    note: `${why}: ${next}`,
    read: (service, _, path) => service.refuse(path, why, next),
  };
}

/** A text or number that is passed on. */
export function asText(name: string, to = name): Attribute {
  return kept(name, to, (service, value, path) => {
    const text = service.reader.text(value, path);
    if (text !== undefined) service.set(to, text, path);
  });
}

/** A truth value. */
export function asToggle(name: string, to = name): Attribute {
  return kept(name, to, (service, value, path) => {
    if (service.reader.toggle(value, path) === true) service.set(to, true, path);
  });
}

/** A text, or a list of them. */
export function asTexts(name: string, to = name): Attribute {
  return kept(name, to, (service, value, path) => {
    for (const [text, at] of service.reader.texts(value, path)) service.add(to, text, at);
  });
}

/** KEY=VALUE pairs, in either form. */
export function asPairs(name: string, to = name): Attribute {
  return kept(name, to, (service, value, path) => {
    for (const [key, text, at] of service.reader.pairs(value, path)) service.put(to, key, text ?? '', at);
  });
}
