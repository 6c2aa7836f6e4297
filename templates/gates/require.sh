#!/bin/sh
# Fails, with one line, where a unit that must be active is not. systemd tries the container again, so a dependency
# that is away for long leaves nothing failed for good (Requires= would stop dependants and leave them stopped).
#
#   require.sh INSTANCE UNIT…

gear_name=$1
shift
for gear_unit in "$@"; do
  if ! systemctl ${XDG_RUNTIME_DIR:+--user} is-active --quiet "$gear_unit"; then
    echo "gear: $gear_name: waits for $gear_unit, which is not active" >&2
    exit 1
  fi
done
