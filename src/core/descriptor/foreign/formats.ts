/** The formats that gear reads; `native` is its own. */
export const formats = ['native', 'compose', 'quadlet', 'kubernetes', 'geard'] as const;

export type Format = (typeof formats)[number];

/** The same as people call them. */
export const formatNames: Readonly<Record<Format, string>> = {
  native: 'native descriptor',
  compose: 'Compose file',
  quadlet: 'Quadlet unit',
  kubernetes: 'Kubernetes manifest',
  geard: 'geard deployment',
};
