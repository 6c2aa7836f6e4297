#!/bin/sh
# Runs the check of a container every half second until it succeeds. TimeoutStartSec= of the unit is the bound: on
# systemd's SIGTERM the last outcome is told. Ending with 0 then leaves the unit `failed` after a timeout (systemd has
# noted it) and `inactive` after a stop.
#
#   ready.sh INSTANCE TIMEOUT_SECONDS COMMAND ARGUMENT…

gear_name=$1 gear_timeout=$2
shift 2
gear_last='it has not ended once'

trap 'echo "gear: $gear_name: is not ready; of its check, $gear_last" >&2; exit 0' TERM

until gear_output=$(timeout "$gear_timeout" "$@" 2>&1 </dev/null); do
  gear_last="the last status was $?: $(printf '%s' "$gear_output" | tail -n 1 | cut -c 1-200)"
  sleep 0.5
done
