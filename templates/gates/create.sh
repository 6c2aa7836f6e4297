#!/bin/sh
# Docker: makes the container when it is absent, as after a prune, and notes what the gate `running.sh` needs.
#
#   create.sh INSTANCE CONTAINER IMAGE DIGEST ENGINE create ARGUMENT…
#
# DIGEST is name@sha256:… or empty: an absent image is pulled by it, without credentials. Nothing is started here.
# All variables begin with gear_: others in the environment are the container's, and must be passed on unchanged.

gear_name=$1 gear_container=$2 gear_image=$3 gear_digest=$4
shift 4
gear_engine=$1
# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.
gear_notes=${XDG_RUNTIME_DIR:-/run}/gear
if [ -z "$XDG_RUNTIME_DIR" ]; then
  gear_docker=/var/lib/docker gear_adopted=/etc/gear/adopted
else
  gear_docker=${XDG_DATA_HOME:-$HOME/.local/share}/docker gear_adopted=${0%/current/gates/*}/adopted
fi

say() {
  echo "gear: $gear_name: $*" >&2
}

# What an earlier gate, or gear when it made the container, has noted. dockerd keeps each container in a folder, whose
# state file says the rest: to ask the engine would cost the start of a client.
find_noted() {
  { read -r gear_id gear_rest <"$gear_notes/$gear_container"; } 2>/dev/null || return 1
  gear_started=$(grep --max-count=1 --only-matching '"StartedAt":"[^"]*"' \
    "$gear_docker/containers/$gear_id/config.v2.json" 2>/dev/null) || return 1
  gear_started=${gear_started#*:\"}
  gear_found="$gear_id ${gear_started%%\"*} $gear_name"
}

find_container() {
  gear_found=$("$gear_engine" container inspect \
    --format '{{.Id}} {{.State.StartedAt}} {{index .Config.Labels "gear.name"}}' "$gear_container" 2>/dev/null)
}

if ! find_noted && ! find_container; then
  say "the container $gear_container is absent, making it"
  if ! "$@" >/dev/null; then
    "$gear_engine" version >/dev/null 2>&1 || { say "the engine does not answer"; exit 1; }
    if "$gear_engine" image inspect "$gear_image" >/dev/null 2>&1; then exit 1; fi
    if [ -z "$gear_digest" ]; then
      say "its image is gone and came from no registry; type: gear start $gear_name"
      exit 1
    fi
    say "its image is gone, pulling $gear_digest"
    if ! "$gear_engine" pull --quiet "$gear_digest" >/dev/null; then
      say "the pull failed; to pull with your credentials, type: gear start $gear_name"
      exit 1
    fi
    "$@" >/dev/null || exit 1
  fi
  find_container || { say "the container $gear_container is not there after all"; exit 1; }
fi

# What was adopted has no label: a record beside it says whose it is.
is_adopted() {
  { read -r gear_id gear_rest <"$gear_adopted/$gear_container"; } 2>/dev/null &&
    [ "${gear_found%% *}" = "$gear_id" ]
}

gear_labelled=${gear_found##* }
if [ "$gear_labelled" != "$gear_name" ] && is_adopted; then
  gear_labelled=$gear_name
  gear_found="${gear_found% *} $gear_name"
fi
if [ "$gear_labelled" != "$gear_name" ]; then
  say "a container called $gear_container exists and is not gear's; rename or remove it"
  exit 1
fi

[ -d "$gear_notes" ] || mkdir -p "$gear_notes" || exit 1
echo "$gear_found" >"$gear_notes/$gear_container"
