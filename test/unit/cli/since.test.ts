import { describe, expect, it } from 'vitest';
import { parseSince } from '../../../src/cli/since.ts';
import { FailureError } from '../../../src/errors/failure.ts';

describe('--since', () => {
  it('is a span before now, or a moment', () => {
    expect(parseSince('10m', 1_000_000)).toEqual({ sinceMs: 400_000 });
    expect(parseSince('1970-01-01T00:01:00Z', 0)).toEqual({ sinceMs: 60_000 });
    expect(parseSince(undefined, 0)).toEqual({});
  });

  it.each(['yesterday', '', '10', '2026-13-01', '12:00'])('refuses %j', (text) => {
    expect(() => parseSince(text, 0)).toThrow(FailureError);
  });
});
