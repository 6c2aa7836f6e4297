#!/bin/sh
# Podman: sees to it that `podman run --replace` replaces nobody else's container, and that image and volumes exist.
#
#   prepare.sh INSTANCE APP CONTAINER IMAGE DIGEST ENGINE VOLUME…
#
# DIGEST is name@sha256:… or empty: an absent image is pulled by it, without credentials.
# All variables begin with gear_: others in the environment are the container's.

gear_name=$1 gear_app=$2 gear_container=$3 gear_image=$4 gear_digest=$5 gear_engine=$6
shift 6

say() {
  echo "gear: $gear_name: $*" >&2
}

# Less than a minute ago gear has seen the image, and that nobody else has the container's name: each asking is a process,
# so one start takes its word.
is_noted() {
  # A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.
  gear_note=${XDG_RUNTIME_DIR:-/run}/gear/$gear_name.image
  { read -r gear_noted <"$gear_note"; } 2>/dev/null || return 1
  gear_fresh=$(find "$gear_note" -mmin -1) || return 1
  rm -f "$gear_note"
  [ -n "$gear_fresh" ] && [ "$gear_noted" = "$gear_image" ]
}

is_own_name() {
  [ "$gear_container" = "ctr-$gear_name" ]
}

see_to_name() {
  # Without `with` a label that is absent would be `<no value>`.
  gear_found=$("$gear_engine" container inspect --format \
    '{{.Name}} {{.Id}} {{.State.Status}} {{with index .Config.Labels "gear.name"}}{{.}}{{end}}' \
    "$gear_container" 2>/dev/null) || return 0
  read -r gear_called gear_id gear_state gear_labelled <<END
$gear_found
END
  # The engine also takes the beginning of an ID for a name.
  [ "$gear_called" = "$gear_container" ] || return 0
  if is_own_name; then
    [ "$gear_labelled" != "$gear_name" ] || return 0
  elif [ "$gear_labelled" = "$gear_name" ] || is_left; then
    # --replace would do so, and where there is none of that name remove one whose ID begins so.
    "$gear_engine" rm --force "$gear_id" >/dev/null || exit 1
    return
  fi
  say "a container called $gear_container exists and is not gear's; rename or remove it"
  exit 1
}

# Of another container of gear's, which had the name before a power loss.
is_left() {
  [ -n "$gear_labelled" ] || return 1
  case $gear_state in created | configured | exited | stopped) return 0 ;; esac
  return 1
}

see_to_image() {
  "$gear_engine" image exists "$gear_image" && return
  if [ -z "$gear_digest" ]; then
    say "its image is gone and came from no registry; type: gear start $gear_name"
    exit 1
  fi
  say "its image is gone, pulling $gear_digest"
  if ! "$gear_engine" pull --quiet "$gear_digest" >/dev/null; then
    say "the pull failed; to pull with your credentials, type: gear start $gear_name"
    exit 1
  fi
}

if ! is_own_name || ! is_noted; then
  see_to_name
  see_to_image
fi

for gear_volume in "$@"; do
  "$gear_engine" volume exists "$gear_volume" ||
    "$gear_engine" volume create --label "gear.owner=$gear_app" --label "gear.name=$gear_name" "$gear_volume" \
      >/dev/null || exit 1
done
