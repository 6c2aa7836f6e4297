/** Whether systemd neither runs a unit nor is about to. */
export function isDown({ activeState }: { readonly activeState: string }): boolean {
  return activeState === 'inactive' || activeState === 'failed';
}

/** Why what did not start for conditions of its unit does not run, in words. */
export function unmetWords(conditions: readonly string[]): string {
  const [first = '', ...others] = conditions;
  return others.length === 0
    ? `${first} is not met`
    : `one of these is not met: ${[first, ...others].join(', ')}`;
}
