import { paths } from '../../core/model/paths.ts';
import { quoteCommand } from './quote.ts';

/**
 * What the shell of a host is told: a fixed text. Requests follow on stdin as calls of `r`,
 * with quoted words (quote.ts) and, for content, base64 in a here-document. Each is answered by one line:
 *
 *   MARK ID DATA STATUS COMPLAINT     DATA and COMPLAINT in base64, each possibly empty
 *
 * MARK is chosen anew for each connection, so that whatever a profile or a child of it writes is told from answers.
 * Needed on the host: a POSIX shell, coreutils, findutils, tar and gzip, as every distribution with systemd has them.
 */
// In one line, because the greeting is an argument of the login shell, and not every one takes more.
const greeting = [
  'exec 3>&1;',
  'r() { id=$1; shift; printf "%s %s " "$mark" "$id" >&3; complaint=$("$@" 2>&1 >&3); status=$?;',
  `printf ' %s %s\\n' "$status" "$(printf %s "$complaint" | base64 -w0)" >&3; };`,
  'facts() { uid=$(id -u); sudo=; [ "$uid" = 0 ] || sudo=$(sudo -n -- /bin/sh -s 2>&1 >/dev/null </dev/null);',
  'socket=; for path in /run/docker.sock /var/run/docker.sock; do [ -S "$path" ] && { socket=$path; break; }; done;',
  `printf '%s\\0' "$uid" "$(id -un 2>/dev/null || echo "user $uid")" "$(uname -n)" "$HOME" "\${SUDO_USER:-}" "$sudo"`,
  '"$([ -d /run/systemd/system ] && echo 1)" "$([ -e /sys/fs/cgroup/cgroup.controllers ] && echo 1)"',
  '"$(command -v docker)" "$(command -v podman)" "$socket" "$(uname -m)" | base64 -w0; };',
  `text() { printf '%s' "$1" | base64 -w0; };`,
  'read_file() { base64 -w0 -- "$1"; };',
  'read_link() { target=$(readlink -nv -- "$1" && echo .) || return 1; text "${target%.}"; }',
].join(' ');

const functions = `
${greeting}
refuse() { printf '%s: %s\\n' "$1" "$2" >&2; return 1; }
# A pipe has the status of its last command; that of find comes by descriptor 4.
list() {
  return "$({ { find -H "$1" -mindepth 1 -maxdepth 1 -printf '%f\\0%y\\0%l\\0'; echo "$?" >&4; } | base64 -w0 >&3; } 4>&1)"
}
look() { stat -L -c %F -- "$1" >/dev/null; }
# mkdir -p makes what is missing with the umask; the folder itself may have another mode.
folder() {
  [ -d "$1" ] && return 0
  mkdir -p -- "\${1%/*}" && mkdir -m "$2" -- "$1" && sync -- "\${1%/*}"
}
write_file() {
  folder "\${1%/*}" "$3" && rm -rf -- "$1.tmp" || return 1
  (umask 077; base64 -d >"$1.tmp") && chmod "$2" -- "$1.tmp" && sync -- "$1.tmp" &&
    mv -fT -- "$1.tmp" "$1" && sync -- "\${1%/*}" && return 0
  rm -f -- "$1.tmp"
  return 1
}
write_folder() {
  { [ -e "$1" ] || [ -L "$1" ]; } && { refuse "$1" 'File exists'; return 1; }
  folder "\${1%/*}" 755 && rm -rf -- "$1.tmp" && mkdir -m 755 -- "$1.tmp" || return 1
  base64 -d | tar -xzpPf - -C "$1.tmp" && sync -f -- "$1.tmp" &&
    mv -T -- "$1.tmp" "$1" && sync -- "\${1%/*}" && return 0
  rm -rf -- "$1.tmp"
  return 1
}
write_into() {
  mkdir -p -- "$1" && rm -rf -- "$1/.tmp" && mkdir -m 700 -- "$1/.tmp" || return 1
  base64 -d | tar -xzpf - -C "$1/.tmp" && find "$1/.tmp" -mindepth 1 -exec mv -f -t "$1" -- {} + &&
    rmdir -- "$1/.tmp" && return 0
  rm -rf -- "$1/.tmp"
  return 1
}
make_link() {
  [ -e "$1" ] && [ ! -L "$1" ] && { refuse "$1" 'something that is not a link is there: File exists'; return 1; }
  folder "\${1%/*}" 755 && rm -rf -- "$1.tmp" && ln -s -- "$2" "$1.tmp" && mv -fT -- "$1.tmp" "$1" &&
    sync -- "\${1%/*}" && return 0
  rm -f -- "$1.tmp"
  return 1
}
remove() { [ -e "$1" ] || [ -L "$1" ] || return 0; rm -f -- "$1" && sync -- "\${1%/*}"; }
# Set aside first: a crash never leaves half of it under its own name.
remove_folder() {
  doomed=$1
  case $1 in *.tmp) ;; *)
    doomed=$1.tmp
    rm -rf -- "$doomed"
    if [ -e "$1" ] || [ -L "$1" ]; then mv -T -- "$1" "$doomed"; fi || return 1 ;;
  esac
  rm -rf -- "$doomed" || return 1
  [ ! -d "\${1%/*}" ] || sync -- "\${1%/*}"
}
free_blocks() {
  path=$1
  until [ -e "$path" ] || [ -z "$path" ]; do path=\${path%/*}; done
  text "$(stat -f -c '%f %S' -- "\${path:-/}")"
}
`;

/** The text that a shell is given before the first request. `mark` is hexadecimal. */
export function shellPrelude(mark: string): string {
  return `${settings}; mark=${mark}${functions}`;
}

/** What nearly every command asks first. */
export const firstRequests: readonly (readonly [ShellFunction, ...string[]])[] = [
  ['facts'],
  ['read_link', paths.current],
  ['read_file', `${paths.current}/manifest.json`],
];

/**
 * The line of a shell that is called by the mark: it answers the first requests before it has heard a word, and goes on
 * with what it hears. Words to a far host wait until it has said that it listens.
 */
export function greetingLine(): string {
  const requests = firstRequests.map((words, id) => `r ${String(id)} ${quoteCommand(words)} </dev/null`);
  return `${settings}; mark=$0; ${greeting}; ${requests.join('; ')}; exec /bin/sh -s`;
}

/** What root's commands are found in; the PATH of a login shell is a matter of its profile. */
export const remotePath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const settings = `LC_ALL=C; PATH=${remotePath}; export LC_ALL PATH; umask 022`;

/** The functions that a request may call. */
export type ShellFunction =
  | 'facts'
  | 'read_file'
  | 'read_link'
  | 'list'
  | 'look'
  | 'write_file'
  | 'write_folder'
  | 'write_into'
  | 'make_link'
  | 'remove'
  | 'remove_folder'
  | 'free_blocks';
