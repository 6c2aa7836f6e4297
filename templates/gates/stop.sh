#!/bin/sh
# Docker: stops what runs of an instance, whichever form it is: an update puts the new text in place while the old
# container still runs. Each container's own stop timeout and signal count. Nothing is removed.
#
#   stop.sh INSTANCE ENGINE

gear_ids=$("$2" ps --quiet --no-trunc --filter "label=gear.name=$1") || exit 1
# What was adopted has no label: a record beside it says whose it is.
for gear_record in "${0%/current/gates/*}"/adopted/ctr-"$1".*; do
  case ${gear_record##*/ctr-"$1".} in *.*) continue ;; esac
  { read -r gear_id gear_rest <"$gear_record"; } 2>/dev/null || continue
  "$2" container inspect "$gear_id" >/dev/null 2>&1 || continue
  gear_ids="$gear_ids $gear_id"
done
[ -n "$gear_ids" ] || exit 0
# shellcheck disable=SC2086 # one word an ID
exec "$2" stop $gear_ids >/dev/null
