import {
  type CompletedCommand,
  firstWords,
  listNames,
  ofUser,
  quoted,
  topics,
  unitFolders,
} from './table.ts';

/** Completion for bash(1): to be sourced, or put into /etc/bash_completion.d. */
export function bashCompletion(commands: readonly CompletedCommand[]): string {
  const topicLines = [...topics(commands)].map(
    ([topic, words]) => `    ${topic}) words=${quoted(words.join(' '))} ;;`,
  );
  const flagLines = commands.map(({ name, flags }) => {
    const words = flags.flatMap((flag) => [
      `--${flag.name}`,
      ...(flag.short === undefined ? [] : [`-${flag.short}`]),
    ]);
    return `    ${quoted(name)}) flags=${quoted(words.join(' '))} ;;`;
  });
  const valueLines = commands.flatMap(({ name, flags }) =>
    flags
      .filter(({ values }) => values.length > 0)
      .map((flag) => `    ${quoted(`${name} --${flag.name}`)}) values=${quoted(flag.values.join(' '))} ;;`),
  );
  return `# Completion of gear for bash: source <(gear completion bash)
_gear_names() {
  local unit name
${indent(listNames)}
}

_gear() {
  local line=("\${COMP_WORDS[@]}") at=$COMP_CWORD folder=${unitFolders.host}
  if [ "\${line[1]-}" = ${ofUser.word} ] && [ "$at" -gt 1 ]; then
    line=("\${line[0]}" "\${line[@]:2}") at=$((at - 1)) folder=${unitFolders.user}
  fi
  local current=\${line[at]} previous=\${line[at - 1]}
  # Readline breaks --flag=value into three words.
  if [ "$current" = = ]; then
    current=''
  elif [ "$previous" = = ]; then
    previous=\${line[at - 2]}
  fi
  local first=\${line[1]-} command words='' flags='' values=''
  COMPREPLY=()
  if [ "$at" -eq 1 ]; then
    words=${quoted(firstWords(commands).join(' '))}
    [ "$COMP_CWORD" -gt 1 ] || words+=' ${ofUser.word}'
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
    return
  fi
  command=$first
  case $first in
${topicLines.join('\n')}
  esac
  if [ -n "$words" ]; then
    if [ "$at" -eq 2 ]; then
      mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
      return
    fi
    command="$first \${line[2]}"
  fi
  case $command in
${flagLines.join('\n')}
  esac
  case "$command $previous" in
${valueLines.join('\n')}
  esac
  if [ -n "$values" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$values" -- "$current")
  elif [ "\${current#-}" != "$current" ]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$current")
  else
    mapfile -t COMPREPLY < <(compgen -W "$(_gear_names)" -- "$current"; compgen -f -- "$current")
  fi
}
complete -o filenames -F _gear gear
`;
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
