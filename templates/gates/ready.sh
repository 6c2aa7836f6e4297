#!/bin/sh
# Runs the check of a container every half second until it succeeds. How it fails is told after two seconds, and ever
# more rarely, for whoever stops waiting earlier. TimeoutStartSec= of the unit is the bound: on systemd's SIGTERM the last
# outcome is told. Ending with 0 then leaves the unit `failed` after a timeout (systemd has
# noted it) and `inactive` after a stop.
#
#   ready.sh INSTANCE TIMEOUT_SECONDS COMMAND ARGUMENT…

gear_name=$1 gear_timeout=$2
shift 2
gear_last='it has not ended once'
gear_tries=0 gear_tell=4

trap 'echo "gear: $gear_name: is not ready; of its check, $gear_last" >&2; exit 0' TERM

until gear_output=$(timeout "$gear_timeout" "$@" 2>&1 </dev/null); do
  gear_status=$?
  gear_line=$(printf '%s' "$gear_output" | tr '\000-\011\013-\037\177' ' ' | tail -n 1 | cut -c 1-200)
  gear_last="the last status was $gear_status: $gear_line"
  # As timeout(1) has it.
  [ "$gear_status" -ne 124 ] || gear_last="it does not end within $gear_timeout s"
  gear_tries=$((gear_tries + 1))
  if [ "$gear_status" -eq 124 ] || [ "$gear_tries" -ge "$gear_tell" ]; then
    echo "gear: $gear_name: is not ready yet; of its check, $gear_last" >&2
    gear_tell=$((gear_tries * 2))
  fi
  sleep 0.5
done
