import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatBlock, overlap, parseBlock } from '../../src/core/model/cidr.ts';
import { chooseSubnet } from '../../src/core/placement/subnet-pool.ts';

const ipv4 = fc
  .tuple(
    fc.constantFrom(10, 172, 192),
    fc.nat(255),
    fc.nat(255),
    fc.nat(255),
    fc.integer({ min: 8, max: 32 }),
  )
  .map(([a, b, c, d, prefix]) => `${String(a)}.${String(b)}.${String(c)}.${String(d)}/${String(prefix)}`);
/** Of the first pool and about it, where choices are made. */
const near = fc
  .tuple(fc.integer({ min: 200, max: 202 }), fc.nat(3), fc.nat(255), fc.integer({ min: 20, max: 32 }))
  .map(([b, c, d, prefix]) => `10.${String(b)}.${String(c)}.${String(d)}/${String(prefix)}`);
const ipv6 = fc
  .tuple(
    fc.constantFrom('fd67:6561:7200', 'fd67:6561:7201', 'fd00:1:2'),
    fc.nat(4),
    fc.integer({ min: 40, max: 128 }),
  )
  .map(([head, group, prefix]) => `${head}:${group.toString(16)}::/${String(prefix)}`);
const used = fc.array(fc.oneof(near, ipv4, ipv6), { maxLength: 60 });

function collides(subnet: string, taken: readonly string[]): boolean {
  const block = parseBlock(subnet);
  if (block === null) throw new Error(`${subnet} cannot be read`);
  return taken.map(parseBlock).some((each) => each !== null && overlap(each, block));
}

test('a chosen subnet never overlaps with what is used', () => {
  fc.assert(
    fc.property(used, (taken) => {
      const chosen = chooseSubnet(taken, { ipv6: true });
      fc.pre(chosen.ok);
      expect(collides(chosen.value.subnet ?? '', taken)).toBe(false);
      expect(collides(chosen.value.subnet6 ?? '', taken)).toBe(false);
    }),
  );
});

test('networks made one after the other never overlap with each other', () => {
  fc.assert(
    fc.property(used, (taken) => {
      const all = [...taken];
      for (let network = 0; network < 20; network++) {
        const chosen = chooseSubnet(all, {});
        if (!chosen.ok) return;
        const subnet = chosen.value.subnet ?? '';
        expect(collides(subnet, all)).toBe(false);
        all.push(subnet);
      }
    }),
  );
});

test('a block is written as it is read', () => {
  fc.assert(
    fc.property(fc.oneof(ipv4, ipv6), (text) => {
      const block = parseBlock(text);
      if (block === null) throw new Error(text);
      expect(parseBlock(formatBlock(block))).toEqual(block);
    }),
  );
});
