#!/bin/sh
# Docker: ends when the container's process runs (0), or has ended or could not start (its exit status).
#
#   running.sh INSTANCE CONTAINER RESTART ENGINE      with MAINPID, the attached client, from systemd
#
# dockerd writes a container's state to config.v2.json before it answers the start. tail(1) waits for that write
# without polling, and ends with the client: asking the engine would cost a client each time. Where the file is
# elsewhere, or says nothing for long, the engine is asked after all. TimeoutStartSec= bounds the whole.

gear_name=$1 gear_container=$2 gear_restart=$3 gear_engine=$4

# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.
gear_docker=${XDG_RUNTIME_DIR:+${XDG_DATA_HOME:-$HOME/.local/share}/docker}
read -r gear_id gear_before gear_rest <"${XDG_RUNTIME_DIR:-/run}/gear/$gear_container" || exit 1
gear_state=${gear_docker:-/var/lib/docker}/containers/$gear_id/config.v2.json

say() {
  echo "gear: $gear_name: $*" >&2
}

# Asked to stop before this gate has ended, systemd runs no ExecStop=, and the client hands its signal on to a container
# that does not run yet: nobody would stop what dockerd starts a moment later. It answers the stop once it has started.
gear_asked=
trap gear_asked=yes TERM
trap '[ -z "$gear_asked" ] || "$gear_engine" stop "$gear_id" >/dev/null' EXIT

# The process of the container by the state file, or nothing. JSON escapes quotes inside strings, so that only the
# fields themselves can match.
await_process() {
  timeout 10 tail --follow=name --retry --lines=+1 --sleep-interval=0.2 --pid="$MAINPID" "$gear_state" 2>/dev/null |
    grep --max-count=1 --only-matching '"Running":true[^{}]*"Pid":[1-9][0-9]*'
}

await_state() {
  [ -e "$gear_state" ] || { sleep 0.5; return 1; }
  gear_process=$(await_process) || return 1
  [ ! -e "/proc/${gear_process##*:}" ] || return 0
  # It has ended already, and so will the client when the engine has seen it.
  timeout 10 tail --follow --sleep-interval=0.1 --pid="$MAINPID" /dev/null
  return 1
}

until await_state; do
  gear_now=$("$gear_engine" container inspect \
    --format '{{.State.Running}} {{.State.ExitCode}} {{.State.StartedAt}} {{.State.Error}}' "$gear_id") || exit 1
  read -r gear_running gear_code gear_started gear_error <<END
$gear_now
END
  [ "$gear_running" = false ] || exit 0
  kill -0 "$MAINPID" 2>/dev/null || break
done
[ -n "${gear_running-}" ] || exit 0

if [ "$gear_started" = "$gear_before" ] || [ -n "$gear_error" ]; then
  say "could not be started: ${gear_error:-the engine does not say why}"
  [ "$gear_code" -ne 0 ] || gear_code=1
else
  say "ended at once with status $gear_code"
  if [ "$gear_code" -eq 0 ] && [ "$gear_restart" = always ]; then gear_code=1; fi
fi
exit "$gear_code"
