import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatImageReference, parseImageReference } from '../../src/core/model/image-reference.ts';

const alphanumeric = fc.stringMatching(/^[a-z0-9]{1,8}$/);
const component = fc
  .array(fc.tuple(alphanumeric, fc.constantFrom('.', '_', '__', '-', '---')), { minLength: 1, maxLength: 3 })
  .map((parts) => parts.map(([text, separator], index) => (index === 0 ? text : separator + text)).join(''));
const path = fc.array(component, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const domain = fc.oneof(
  fc.constantFrom(
    'localhost',
    'localhost:5000',
    'ghcr.io',
    '10.0.0.1:80',
    '[fe80::1]:5000',
    'Registry.example',
  ),
  fc.tuple(alphanumeric, alphanumeric).map(([a, b]) => `${a}.${b}`),
);
const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/);
const digest = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
const reference = fc
  .tuple(fc.option(domain), path, fc.option(tag), fc.option(digest))
  // 'sha256:tag' and 64 hex digits are IDs, not names.
  .filter(([, name]) => !/^sha256$|^[0-9a-f]{64}$/.test(name))
  // Where no registry is named, a first part with a dot is one.
  .filter(([registry, name]) => registry !== null || !/^[^/]*\./.test(name));

type Parts = readonly [registry: string | null, name: string, version: string | null, hash: string | null];

function written([registry, name, version, hash]: Parts): string {
  const prefix = registry === null ? '' : `${registry}/`;
  return `${prefix}${name}${version === null ? '' : `:${version}`}${hash === null ? '' : `@${hash}`}`;
}

it('every name of the grammar is read, part for part', () => {
  fc.assert(
    fc.property(reference, (parts) => {
      const [registry, name, version, hash] = parts;
      const parsed = parseImageReference(written(parts));
      if (!parsed.ok || parsed.value.kind !== 'name')
        throw new Error(`${written(parts)} was not read as a name`);
      expect(parsed.value.tag).toBe(version ?? (hash === null ? 'latest' : null));
      expect(parsed.value.digest).toBe(hash);
      if (registry !== null) expect([parsed.value.domain, parsed.value.path]).toEqual([registry, name]);
      else expect(`${parsed.value.domain}/${parsed.value.path}`.endsWith(name)).toBe(true);
    }),
  );
});

it('the full form is read back as the same image, and is its own full form', () => {
  fc.assert(
    fc.property(fc.oneof(reference.map(written), digest), (text) => {
      const once = parseImageReference(text);
      if (!once.ok) throw new Error(`${text} was refused`);
      const again = parseImageReference(formatImageReference(once.value));
      if (!again.ok) throw new Error(`the full form of ${text} was refused`);
      expect(formatImageReference(again.value)).toBe(formatImageReference(once.value));
      if (again.value.kind === 'name')
        expect({ ...again.value, short: false }).toEqual({ ...once.value, short: false });
    }),
  );
});

it('whatever is accepted cannot be an option, a path upward, or more than one line', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.stringMatching(/^[a-zA-Z0-9:@/._-]{0,40}$/)),
      (text) => {
        const parsed = parseImageReference(text);
        if (!parsed.ok) {
          expect(parsed.failures[0]).toMatchObject({ code: 'IMAGE_REFERENCE' });
          expect(parsed.failures[0]?.place?.column).toBeGreaterThan(0);
          return;
        }
        const full = formatImageReference(parsed.value);
        expect(full).toMatch(/^[A-Za-z0-9[][A-Za-z0-9_.:/@[\]-]*$/);
        expect(full).not.toMatch(/(?:^|\/)\.\.?(?:\/|$)/);
      },
    ),
    { numRuns: 2000 },
  );
});
