/** What geard wrote into the [Install] section of a unit, which it read back from there (its X- lines). */
export interface GeardUnit {
  readonly container: string;
  readonly image: string;
  /** `isolated`: the container runs a script below /run, which a reboot takes away. */
  readonly type: string;
}

/** Reads the X- lines of a unit; null for one that geard did not write. */
export function geardUnit(text: string): GeardUnit | null {
  const lines = new Map(
    text.split('\n').flatMap((line): readonly (readonly [string, string])[] => {
      const [, key, value] = /^(X-[A-Za-z]+)=(.*)$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value.trim()]];
    }),
  );
  const container = lines.get('X-ContainerId') ?? '';
  // It becomes a word of a command and a part of a path.
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(container)) return null;
  return {
    container,
    image: lines.get('X-ContainerImage') ?? '',
    type: lines.get('X-ContainerType') ?? 'simple',
  };
}
