#!/bin/sh
# Puts config files and secrets where the container has them mounted, in place: a mount and an open file stay with the
# inode, so a process that reads again sees the new content.
#
#   files.sh put INSTANCE [config MODE SOURCE NAME | secret MODE CREDENTIAL NAME]…
#   files.sh clear INSTANCE                                    takes the secrets away
#
# Secrets come from the unit's credentials (systemd.exec(5)). The parent folder is root's alone; what is below it has
# the modes that the container is to see.

gear_verb=$1 gear_name=$2
shift 2
# A user's systemd sets XDG_RUNTIME_DIR, and that of the machine does not.
gear_parent=${XDG_RUNTIME_DIR:-/run}/gear/files
gear_folder=$gear_parent/$gear_name

say() {
  echo "gear: $gear_name: $*" >&2
}

if [ "$gear_verb" = clear ]; then
  # The folder itself stays: a container that runs on has it mounted.
  [ ! -d "$gear_folder/secrets" ] || find "$gear_folder/secrets" -mindepth 1 -delete
  exit
fi

# put_file MODE SOURCE TARGET
put_file() {
  if [ ! -r "$2" ]; then
    say "the file $2 is gone"
    return 1
  fi
  # An engine that found nothing to mount has made a folder there.
  [ ! -d "$3" ] || rmdir "$3" || return 1
  cmp -s "$2" "$3" 2>/dev/null || cat "$2" >"$3" || return 1
  chmod "$1" "$3"
}

mkdir -p "$gear_parent" && chmod 0700 "$gear_parent" || exit 1
mkdir -p "$gear_folder/config" "$gear_folder/secrets" || exit 1
chmod 0755 "$gear_folder" "$gear_folder/config" "$gear_folder/secrets" || exit 1
umask 077

while [ "$#" -ge 4 ]; do
  case $1 in
    config) put_file "$2" "$3" "$gear_folder/config/$4" || exit 1 ;;
    secret) put_file "$2" "$CREDENTIALS_DIRECTORY/$3" "$gear_folder/secrets/$4" || exit 1 ;;
  esac
  shift 4
done
