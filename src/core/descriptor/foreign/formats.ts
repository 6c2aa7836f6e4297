/** The formats that gear reads; `native` is its own. */
export const formats = ['native', 'compose', 'quadlet', 'kubernetes', 'geard'] as const;

export type Format = (typeof formats)[number];
