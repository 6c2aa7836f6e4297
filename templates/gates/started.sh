#!/bin/sh
# Podman: fails with the exit status of a container whose process has ended right after its start.
#
#   started.sh INSTANCE CONTAINER RESTART ENGINE      with MAINPID, conmon, from systemd
#
# conmon tells systemd of the start and not of what becomes of it. The process is its child, in a cgroup of its own;
# tail(1) waits for its end without asking the engine. What has not ended by then counts as running.
# All variables begin with gear_: others in the environment are the container's.

gear_name=$1 gear_container=$2 gear_restart=$3 gear_engine=$4

say() {
  echo "gear: $gear_name: $*" >&2
}

gear_children=/proc/$MAINPID/task/$MAINPID/children
# A kernel without that file tells nothing, and what is not known counts as running.
[ -r "$gear_children" ] || [ ! -d "/proc/$MAINPID" ] || exit 0

has_process() {
  # The file has no line end, so read(1) always says that it failed.
  read -r gear_process gear_rest <"$gear_children"
  grep -q libpod-payload "/proc/$gear_process/cgroup"
}
if has_process 2>/dev/null; then
  timeout 0.2 tail --follow --sleep-interval=0.05 --pid="$gear_process" /dev/null
  [ $? -ne 124 ] || exit 0
fi

# The engine has the exit status once conmon is done.
timeout 10 tail --follow --sleep-interval=0.1 --pid="$MAINPID" /dev/null
gear_now=$("$gear_engine" container inspect --format '{{.State.Running}} {{.State.ExitCode}}' "$gear_container") ||
  exit 1
read -r gear_running gear_code <<END
$gear_now
END
[ "$gear_running" = false ] || exit 0

say "ended at once with status $gear_code"
if [ "$gear_code" -eq 0 ] && [ "$gear_restart" = always ]; then gear_code=1; fi
exit "$gear_code"
