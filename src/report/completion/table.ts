/** A command as completion needs it. */
export interface CompletedCommand {
  /** `secret set`, with a blank between topic and command. */
  readonly name: string;
  readonly summary: string;
  readonly flags: readonly CompletedFlag[];
}

export interface CompletedFlag {
  readonly name: string;
  readonly short?: string;
  readonly summary: string;
  readonly takesValue: boolean;
  /** The values that it takes, where they are few. */
  readonly values: readonly string[];
}

/** Words in single quotes, as every shell reads them; a summary is text, never code. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** The first words of all commands, each once: commands, and topics. */
export function firstWords(commands: readonly CompletedCommand[]): readonly string[] {
  return [...new Set(commands.map(({ name }) => name.split(' ', 1)[0] ?? ''))].toSorted();
}

/** The second words of the topics, by topic. */
export function topics(commands: readonly CompletedCommand[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name } of commands) {
    const [topic = '', second] = name.split(' ');
    if (second !== undefined) found.set(topic, [...(found.get(topic) ?? []), second]);
  }
  return found;
}

/** The word before a command, and what it does. */
export const ofUser = { word: '--user', summary: "For the user's own systemd and rootless engines" } as const;

/** Where sh(1) finds the units of the host, and of a user. */
export const unitFolders = {
  host: '/etc/systemd/system',
  user: '${XDG_CONFIG_HOME:-$HOME/.config}/systemd/user',
} as const;

/** A script of sh(1) that prints the names of the containers of `$folder`; it needs neither root nor gear. */
export const listNames = [
  'for unit in "$folder"/ctr-*.service; do',
  '  name=${unit##*/ctr-}; name=${name%.service}',
  '  case $name in "*" | *-ready) ;; *) printf "%s\\n" "$name" ;; esac',
  'done',
].join('\n');
