const codes = new Set(['ENOENT', 'ESRCH', 'ENODEV']);

/** For `.catch`: a file or process that has gone meanwhile is no value; every other failure is thrown on. */
export function isGone(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && codes.has(String(error.code))) return undefined;
  throw error;
}
