#!/bin/sh
# Makes a network of gear when it is absent, as after a prune. One that exists is used as it is.
#
#   network.sh INSTANCE NETWORK ENGINE network create ARGUMENT…

gear_name=$1 gear_network=$2
shift 2
gear_engine=$1

say() {
  echo "gear: $gear_name: $*" >&2
}

network_exists() {
  "$gear_engine" network inspect "$gear_network" >/dev/null 2>&1
}

if network_exists; then exit 0; fi

# On boot several containers come here at once, and Docker may make two networks of one name.
# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.
gear_notes=${XDG_RUNTIME_DIR:-/run}/gear
[ -d "$gear_notes" ] || mkdir -p "$gear_notes" || exit 1
exec 9>"$gear_notes/networks.lock" || exit 1
if ! flock -w 60 9; then
  say "another start has been making a network for a minute"
  exit 1
fi
if network_exists; then exit 0; fi
say "the network $gear_network is absent, making it"
"$@" 9>&- >/dev/null
