import { type CompletedCommand, firstWords, listNames, quoted, topics } from './table.ts';

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
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  local first=\${COMP_WORDS[1]-} command words='' flags='' values=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W ${quoted(firstWords(commands).join(' '))} -- "$current")
    return
  fi
  command=$first
  case $first in
${topicLines.join('\n')}
  esac
  if [ -n "$words" ]; then
    if [ "$COMP_CWORD" -eq 2 ]; then
      mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
      return
    fi
    command="$first \${COMP_WORDS[2]}"
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
