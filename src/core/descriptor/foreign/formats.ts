/** The formats that gear reads; `native` is its own. */
export const formats = ['native', 'compose', 'quadlet', 'kubernetes', 'geard'] as const;

export type Format = (typeof formats)[number];

/** The formats in which an app can be written. */
export const exportFormats = ['native', 'compose', 'quadlet', 'kube'] as const;

export type ExportFormat = (typeof exportFormats)[number];
