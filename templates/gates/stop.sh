#!/bin/sh
# Docker: stops what runs of an instance, whichever form it is: an update puts the new text in place while the old
# container still runs. Each container's own stop timeout and signal count. Nothing is removed.
#
#   stop.sh INSTANCE ENGINE

gear_ids=$("$2" ps --quiet --no-trunc --filter "label=gear.name=$1") || exit 1
[ -n "$gear_ids" ] || exit 0
# shellcheck disable=SC2086 # one word an ID
exec "$2" stop $gear_ids >/dev/null
