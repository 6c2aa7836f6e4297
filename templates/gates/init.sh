#!/bin/sh
# Runs one init step to its end; its status is the step's. Nothing of it is left.
#
#   init.sh INSTANCE CONTAINER IMAGE DIGEST NETWORKS ENGINE create ARGUMENT…
#
# NETWORKS: what the container joins beside what its arguments say. DIGEST is name@sha256:… or empty: an absent image
# is pulled by it, without credentials.
# All variables begin with gear_: others in the environment are the container's, and must be passed on unchanged.

gear_name=$1 gear_container=$2 gear_image=$3 gear_digest=$4 gear_networks=$5
shift 5
gear_engine=$1

say() {
  echo "gear: $gear_name: $*" >&2
}

remove_container() {
  "$gear_engine" rm --force --volumes "$gear_container" >/dev/null
}

# What a power loss or a timeout has left.
if gear_labelled=$("$gear_engine" container inspect \
  --format '{{index .Config.Labels "gear.name"}}' "$gear_container" 2>/dev/null); then
  if [ "$gear_labelled" != "$gear_name" ]; then
    say "a container called $gear_container exists and is not gear's; rename or remove it"
    exit 1
  fi
  remove_container || exit 1
fi

# The unit is attached again to a container that runs on: that is no start. An init step has no label gear.hash.
gear_running=$("$gear_engine" ps --quiet --filter "label=gear.name=$gear_name" --filter "label=gear.hash") || exit 1
[ -z "$gear_running" ] || exit 0

if ! "$gear_engine" image inspect "$gear_image" >/dev/null 2>&1; then
  if [ -z "$gear_digest" ]; then
    say "the image of an init step is gone and came from no registry; type: gear start $gear_name"
    exit 1
  fi
  say "the image of an init step is gone, pulling $gear_digest"
  if ! "$gear_engine" pull --quiet "$gear_digest" >/dev/null; then
    say "the pull failed; to pull with your credentials, type: gear start $gear_name"
    exit 1
  fi
fi

"$@" >/dev/null || exit 1
trap 'remove_container; exit 1' TERM
for gear_network in $gear_networks; do
  "$gear_engine" network connect "$gear_network" "$gear_container" || { remove_container; exit 1; }
done

# In the background, so that the trap is heeded at once.
"$gear_engine" start --attach "$gear_container" >&2 &
wait "$!"
gear_status=$?
remove_container
[ "$gear_status" -eq 0 ] || say "the init step ${gear_container##*-} ended with status $gear_status"
exit "$gear_status"
