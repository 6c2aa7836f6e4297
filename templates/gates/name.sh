#!/bin/sh
# Docker: makes the container by create.sh, and sees to it that it has the name that was asked for. That is the name of
# one container, so the form that ran before gives it back: each form is called ctr-INSTANCE.HASH until it starts.
#
#   name.sh NAME /bin/sh …/create.sh INSTANCE CONTAINER IMAGE DIGEST ENGINE create ARGUMENT…
#
# An end between two steps leaves nothing that the next start does not find by label or record.
# All variables begin with gear_: others in the environment are the container's, and must be passed on unchanged.

gear_wished=$1
shift
gear_name=$3 gear_container=$4 gear_engine=$7
# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.
gear_notes=${XDG_RUNTIME_DIR:-/run}/gear
if [ -z "$XDG_RUNTIME_DIR" ]; then
  gear_docker=/var/lib/docker gear_adopted=/etc/gear/adopted
else
  gear_docker=${XDG_DATA_HOME:-$HOME/.local/share}/docker gear_adopted=${2%/current/gates/*}/adopted
fi

say() {
  echo "gear: $gear_name: $*" >&2
}

# Whether the container that create.sh has noted bears the name already: dockerd's file says so, or else the engine.
has_name() {
  { read -r gear_own gear_rest <"$gear_notes/$gear_container"; } 2>/dev/null || return 1
  grep --quiet --fixed-strings "\"Name\":\"/$gear_wished\"" \
    "$gear_docker/containers/$gear_own/config.v2.json" 2>/dev/null && return
  [ "$("$gear_engine" container inspect --format '{{.Name}}' "$gear_own" 2>/dev/null)" = "/$gear_wished" ]
}

# What was adopted has no label: a record beside it, called as its form is, says whose it is.
find_record() {
  for gear_record in "$gear_adopted"/ctr-*; do
    { read -r gear_id gear_kind gear_app gear_owner gear_rest <"$gear_record"; } 2>/dev/null || continue
    [ "$gear_id" = "$gear_holder" ] || continue
    gear_form=${gear_record##*/}
    return
  done
  return 1
}

# An engine that is away does not say that nobody has the name: a second container of this form would never get it.
is_free() {
  if ! gear_names=$("$gear_engine" ps --all --format '{{.Names}}' 2>/dev/null); then
    say "the engine does not answer"
    exit 1
  fi
  ! printf '%s\n' "$gear_names" | grep --quiet --line-regexp --fixed-strings "$gear_wished"
}

# Whoever of gear's has the name and does not run, or is an earlier form, is called after its form again.
free_name() {
  # Without `with` a label that is absent would be `<no value>`.
  gear_labels='{{with index .Config.Labels "gear.name"}}{{.}}{{end}} {{with index .Config.Labels "gear.hash"}}{{.}}{{end}}'
  gear_found=$("$gear_engine" container inspect --format "{{.Name}} {{.Id}} {{.State.Running}} $gear_labels" \
    "$gear_wished" 2>/dev/null) || { is_free; return; }
  read -r gear_called gear_holder gear_running gear_owner gear_hash <<END
$gear_found
END
  # The engine also takes the beginning of an ID for a name.
  [ "$gear_called" = "/$gear_wished" ] || return 0
  gear_form=ctr-$gear_owner.$gear_hash
  if [ -z "$gear_hash" ] && ! find_record; then
    say "a container called $gear_wished exists and is not gear's; rename or remove it"
    exit 1
  fi
  if [ "$gear_owner" != "$gear_name" ] && [ "$gear_running" = true ]; then
    say "the container $gear_wished is that of $gear_owner, which runs; give one of them another name"
    exit 1
  fi
  "$gear_engine" rename "$gear_holder" "$gear_form"
}

has_name || free_name || exit 1
"$@" || exit
has_name || "$gear_engine" rename "$gear_own" "$gear_wished"
