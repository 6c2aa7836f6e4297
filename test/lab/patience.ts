/**
 * How long what is to happen is awaited at most: against what hangs, not against what is slow. A test that promises a time
 * says that time itself.
 */
export const patienceMs = 180_000;
