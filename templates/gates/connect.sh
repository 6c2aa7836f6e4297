#!/bin/sh
# Docker: sees to it that the container is in a network as that is now. A container refers to a network by its ID: when
# the network was removed and made anew, the container cannot start until it is joined again.
#
#   connect.sh INSTANCE CONTAINER NETWORK ENGINE network connect ARGUMENT…

gear_name=$1 gear_container=$2 gear_network=$3
shift 3
gear_engine=$1

say() {
  echo "gear: $gear_name: $*" >&2
}

if ! gear_id=$("$gear_engine" network inspect --format '{{.Id}}' "$gear_network" 2>/dev/null); then
  say "there is no network $gear_network"
  exit 1
fi
# A container that was never started is in the network by name, without an ID.
gear_joined=$("$gear_engine" container inspect --format \
  "{{.State.Running}} {{with index .NetworkSettings.Networks \"$gear_network\"}}in {{.NetworkID}}{{end}}" \
  "$gear_container") || exit 1

case $gear_joined in
  "true in "* | "false in " | "false in $gear_id") exit 0 ;;
  "false in "*)
    say "the network $gear_network was made anew, joining it again"
    "$gear_engine" network disconnect --force "$gear_network" "$gear_container" || exit 1
    ;;
esac
"$@"
