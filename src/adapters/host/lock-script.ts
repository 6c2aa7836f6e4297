/**
 * Holds flock(1) on a file for as long as a line comes on stdin now and then. Run as `bash --norc -c SCRIPT gear-lock LOCK
 * HOLDER WAIT GRACE`: the path of the lock; who takes it, one line of JSON; seconds to wait for it; seconds to live
 * without a line. The same on this machine and over ssh. It tells on stdout, one line each:
 *
 *   waiting HOLDER  somebody else has it
 *   held            it is ours until this process ends
 *   busy HOLDER     WAIT has passed
 *   moved           the file was replaced meanwhile: ask again
 *   refused UID     the file cannot be opened, or there is no flock(1); stderr says which
 *
 * The end of stdin ends it at once, so the death of gear frees the lock. The cut of a network does not close stdin:
 * for that there is GRACE.
 */
const lockScript = `
lock=$1 holder=$2 wait=$3 grace=$4
umask 022
# Whoever ends gear with all that it started, as systemd does with a service, means gear: it comes to its end by itself, and
# until then the lock is its own.
trap '' TERM
[[ -d \${lock%/*} ]] || mkdir -p -- "\${lock%/*}"
# Opened for appending: neither made empty before it is ours, nor an error when it is absent.
exec 9>>"$lock" && hash flock || { echo "refused $EUID"; exit 1; }

named() { IFS= read -r name <"$lock"; echo "$1 $name"; }

# The lock belongs to the open file, not to a process: what flock(1) takes on descriptor 9 this shell holds too.
taken() {
  # Whoever removed or replaced the file would let a third one in beside us.
  [[ $lock -ef /proc/self/fd/9 ]] || { echo moved; exit 1; }
  printf '%s\\n' "$holder" >/proc/self/fd/9
  echo held
}

waiter=
if flock -n 9; then
  taken
else
  named waiting
  # Beside the loop below, so that the death of a caller who waits is noticed; as a job, which has a process group of
  # its own, so that flock(1) ends with it.
  set -m
  { if flock -w "$wait" 9; then taken; else named busy; fi; } <&- &
  waiter=$!
  set +m
fi

# Fails at the end of stdin, and after GRACE seconds without a line.
while read -r -t "$grace"; do :; done

# The name goes with the lock, so that nobody is told of a holder who left; it is not ours while we wait. Written to the
# open file: at the path there may be another's by now, or nothing any more.
[[ $waiter ]] && { kill -KILL -- "-$waiter" 2>&-; flock -n 9 || exit 0; }
: >/proc/self/fd/9
`;

export interface LockRequest {
  readonly path: string;
  /** One line. */
  readonly holder: string;
  readonly waitMs: number;
  readonly graceMs: number;
}

/**
 * The command that takes and holds the lock. Values are arguments of the script, never part of its text. --norc,
 * because bash reads ~/.bashrc even for -c when its stdin is a socket, which the pipes of node are (bash(1),
 * INVOCATION): what an administrator has there took up to half a second.
 */
export function lockCommand({ path, holder, waitMs, graceMs }: LockRequest): readonly string[] {
  return ['bash', '--norc', '-c', lockScript, 'gear-lock', path, holder, seconds(waitMs), seconds(graceMs)];
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
