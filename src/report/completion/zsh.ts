import {
  type CompletedCommand,
  firstWords,
  listNames,
  ofUser,
  quoted,
  topics,
  unitFolders,
} from './table.ts';

/** Completion for zsh(1): a file `_gear` of a folder in fpath, or to be sourced. */
export function zshCompletion(commands: readonly CompletedCommand[]): string {
  const summaries = new Map(commands.map(({ name, summary }) => [name, summary]));
  const described = (words: readonly string[], prefix = ''): string =>
    words.map((word) => quoted(`${word}:${summaries.get(`${prefix}${word}`) ?? ''}`)).join(' ');
  const topicLines = [...topics(commands)].map(
    ([topic, words]) => `    ${topic}) found=(${described(words, `${topic} `)}) ;;`,
  );
  const flagLines = commands.map(({ name, flags }) => {
    const words = flags.map((flag) => quoted(`--${flag.name}:${flag.summary}`));
    return `    ${quoted(name)}) found=(${words.join(' ')}) ;;`;
  });
  const valueLines = commands.flatMap(({ name, flags }) =>
    flags
      .filter(({ values }) => values.length > 0)
      .map(
        ({ name: flag, values }) =>
          `    ${quoted(`${name} --${flag}`)}) found=(${values.map((value) => quoted(value)).join(' ')}) ;;`,
      ),
  );
  return `#compdef gear
# Completion of gear for zsh: gear completion zsh > "\${fpath[1]}/_gear"
_gear_names() {
  emulate -L sh
  local unit name
${listNames
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
}

_gear() {
  local -a found
  local folder=${unitFolders.host} before=(${quoted(`${ofUser.word}:${ofUser.summary}`)})
  if [[ \${words[2]} == ${ofUser.word} ]] && (( CURRENT > 2 )); then
    words[2]=()
    (( CURRENT-- ))
    folder=${unitFolders.user} before=()
  fi
  local command=\${words[2]}
  if (( CURRENT == 2 )); then
    found=(${described(firstWords(commands))} $before)
    _describe command found
    return
  fi
  case $command in
${topicLines.join('\n')}
  esac
  if (( \${#found} )); then
    if (( CURRENT == 3 )); then
      _describe command found
      return
    fi
    command="$command \${words[3]}"
  fi
  found=()
  local flag=\${words[CURRENT - 1]}
  # What stands behind --flag= is completed as what stands behind --flag is.
  if [[ \${words[CURRENT]} == --*=* ]]; then
    flag=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  case "$command $flag" in
${valueLines.join('\n')}
  esac
  if (( \${#found} )); then
    _describe value found
    return
  fi
  if [[ \${words[CURRENT]} == --*=* ]]; then
    _files
    return
  fi
  if [[ \${words[CURRENT]} == -* ]]; then
    case $command in
${flagLines.map((line) => `  ${line}`).join('\n')}
    esac
    _describe flag found
    return
  fi
  found=(\${(f)"$(_gear_names)"})
  _describe container found
  _files
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _gear "$@"; else compdef _gear gear; fi
`;
}
