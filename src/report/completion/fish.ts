import { type CompletedCommand, firstWords, ofUser, quoted, topics, unitFolders } from './table.ts';

/** Completion for fish(1): a file gear.fish of ~/.config/fish/completions. */
export function fishCompletion(commands: readonly CompletedCommand[]): string {
  const summaries = new Map(commands.map(({ name, summary }) => [name, summary]));
  const groups = topics(commands);
  const first = firstWords(commands).map(
    (word) => `complete -c gear -n __fish_use_subcommand -f -a ${word} -d ${text(summaries.get(word) ?? '')}`,
  );
  const second = [...groups].flatMap(([topic, words]) =>
    words.map(
      (word) =>
        `complete -c gear -n ${text(`__fish_seen_subcommand_from ${topic}`)} -f -a ${word} -d ${text(summaries.get(`${topic} ${word}`) ?? '')}`,
    ),
  );
  const flags = commands.flatMap(({ name, flags: own }) => {
    const seen = name
      .split(' ')
      .map((word) => `__fish_seen_subcommand_from ${word}`)
      .join('; and ');
    return own.map((flag) =>
      [
        `complete -c gear -n ${text(seen)} -l ${flag.name}`,
        ...(flag.short === undefined ? [] : [`-s ${flag.short}`]),
        ...(flag.takesValue ? ['-r'] : []),
        ...(flag.values.length === 0 ? [] : [`-f -a ${text(flag.values.join(' '))}`]),
        `-d ${text(flag.summary)}`,
      ].join(' '),
    );
  });
  return `# Completion of gear for fish: gear completion fish > ~/.config/fish/completions/gear.fish
function __gear_names
    set -l folder ${unitFolders.host}
    if contains -- ${ofUser.word} (commandline -opc)
        set -q XDG_CONFIG_HOME; and set folder $XDG_CONFIG_HOME/systemd/user; or set folder ~/.config/systemd/user
    end
    for unit in $folder/ctr-*.service
        string match --quiet '*-ready.service' $unit; or string replace --regex '.*/ctr-(.*)\\.service' '$1' $unit
    end
end
complete -c gear -n __fish_use_subcommand -f -l ${ofUser.word.slice(2)} -d ${text(ofUser.summary)}
${[...first, ...second, ...flags].join('\n')}
complete -c gear -n 'not __fish_use_subcommand' -a '(__gear_names)'
`;
}

/** In fish a backslash has a meaning within single quotes as well. */
function text(words: string): string {
  return quoted(words.replaceAll('\\', '\\\\'));
}
