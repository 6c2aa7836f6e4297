#!/bin/sh
# Tells the targets of gear notify that something is wrong with a container. Nothing of gear runs for it: a drop-in for
# all units of gear's has systemd call this.
#
#   notify.sh --queue UNIT     in ExecStopPost= of the unit: has gear-notify@UNIT.service do the rest, outside of it
#   notify.sh UNIT             in that service: once the unit has stopped, tells what came of it
#   notify.sh --test TARGET    tells one target that this is a test
#
# OnFailure= would not do: before systemd 254 it is silent as long as Restart= tries again.

gear_root=${0%/*}
# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.
gear_run=${XDG_RUNTIME_DIR:-/run}/gear
gear_notes=$gear_run/notify
gear_whose=${XDG_RUNTIME_DIR:+--user}
gear_status=0

if [ "$1" = --queue ]; then
  [ "$SERVICE_RESULT" = success ] || exec systemctl $gear_whose start --no-block "gear-notify@$2.service"
  exit 0
fi

show() {
  systemctl $gear_whose show --property="$1" --value -- "$2"
}

# A word of JSON. What it is made of are names and words of systemd: no character of them needs more than this.
word() {
  printf '"%s":"%s"' "$1" "$(printf %s "$2" | tr -d '"\\\001-\037')"
}

send() {
  gear_folder=$1
  gear_target=${gear_folder##*/}
  if [ -f "$gear_folder/webhook" ]; then
    # The URL is a secret: it is in that file, and curl says nothing.
    printf %s "$gear_json" | curl --silent --fail --output /dev/null --max-time 20 --retry 2 \
      --header 'Content-Type: application/json' --data-binary @- --config "$gear_folder/webhook"
  else
    set --
    while IFS= read -r gear_line || [ -n "$gear_line" ]; do
      set -- "$@" "$gear_line"
    done <"$gear_folder/command"
    printf '%s\n' "$gear_json" | GEAR_EVENT=$gear_event GEAR_NAME=$gear_name GEAR_UNIT=$gear_unit \
      GEAR_HOST=$gear_host GEAR_TEXT=$gear_text timeout 60 "$@"
  fi
  gear_ended=$?
  [ "$gear_ended" = 0 ] && return
  echo "gear: the target $gear_target was not told: it ended with status $gear_ended" >&2
  gear_status=1
}

gear_host=$(uname -n)
if [ "$1" = --test ]; then
  gear_event=test gear_name=test gear_unit=none gear_result=success gear_restarts=0
  gear_text="this is a test of gear notify on $gear_host"
else
  gear_unit=$1
  gear_name=${gear_unit#ctr-}
  gear_name=${gear_name%.service}
  # The unit's own stop is not over when it has this started, and no signal tells a shell that it is.
  gear_tries=0
  while gear_state=$(show ActiveState "$gear_unit") && [ "$gear_state" = deactivating ] && [ "$gear_tries" -lt 50 ]; do
    gear_tries=$((gear_tries + 1))
    sleep 0.2
  done
  gear_result=$(show Result "$gear_unit")
  gear_restarts=$(show NRestarts "$gear_unit")
  case $gear_name in
    *-ready)
      gear_name=${gear_name%-ready}
      # Where the container itself ended, that is what is told.
      [ "$(show ActiveState "ctr-$gear_name.service")" = active ] || exit 0
      gear_event=not-ready
      gear_text="$gear_name on $gear_host is not ready: its health check did not succeed in time"
      ;;
    *)
      # What is tried again failed; what is not, was stopped, unless it is to run once.
      case $gear_state in
        inactive) exit 0 ;;
        failed) [ "$(show Restart "$gear_unit")" = no ] && [ ! -e "$gear_run/stops/$gear_name" ] || exit 0 ;;
      esac
      gear_event=failed
      gear_text="$gear_name on $gear_host failed ($gear_result)"
      if [ "${gear_restarts:-0}" -ge 3 ]; then
        gear_event=crash-loop
        gear_text="$gear_name on $gear_host is in a crash loop: restarted $gear_restarts times ($gear_result)"
      fi
      ;;
  esac
  # Each event of a container once an hour.
  mkdir -p "$gear_notes"
  gear_note=$gear_notes/$gear_name-$gear_event
  [ -z "$(find "$gear_note" -mmin -60 2>/dev/null)" ] || exit 0
  : >"$gear_note"
fi

gear_json="{$(word text "$gear_text"),$(word event "$gear_event"),$(word name "$gear_name"),$(word unit "$gear_unit")"
gear_json="$gear_json,$(word host "$gear_host"),$(word result "$gear_result"),\"restarts\":${gear_restarts:-0}}"

if [ "$1" = --test ]; then
  send "$gear_root/$2"
else
  for gear_each in "$gear_root"/*/; do
    [ -f "${gear_each}on" ] && grep -qxF "$gear_event" "${gear_each}on" && send "${gear_each%/}"
  done
fi
exit "$gear_status"
