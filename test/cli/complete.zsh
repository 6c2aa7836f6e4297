# What an interactive zsh offers for each line given: complete.zsh FOLDER LINE…
# FOLDER holds _gear, is put into fpath, and is where the offers are noted. Offers of a line end with an empty one.
zmodload zsh/zpty || exit 2
folder=$1
shift
export GEAR_OFFERS=$folder/offers
cat >$folder/setup <<'SETUP'
PROMPT=
fpath=(${GEAR_OFFERS:h} $fpath)
autoload -Uz compinit && compinit -u -D
bindkey '^I' complete-word
zstyle ':completion:*' insert-tab false
zstyle ':completion:*' list-separator ''
# What is offered is noted on its way to the line editor; -O, -A and -D only ask which words match.
compadd() {
  if [[ ${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then
    builtin compadd "$@"
    return
  fi
  local -a hits
  builtin compadd -A hits "$@"
  (( $#hits )) && print -rl -- $hits >>$GEAR_OFFERS
  builtin compadd "$@"
}
# A function of that list is called once.
ended() { print >>$GEAR_OFFERS; comppostfuncs=(ended) }
comppostfuncs=(ended)
print ready
SETUP
: >$GEAR_OFFERS
zpty shell zsh -f -i
zpty -w shell "source $folder/setup"
zpty -r shell seen '*ready*' || exit 2
integer asked=0
for line; do
  zpty -w -n shell $'\C-u'"$line"$'\t'
  (( ++asked ))
  repeat 250; do
    # It blocks once nobody reads what it writes.
    zpty -r -t shell seen
    (( $(grep -c '^$' $GEAR_OFFERS) >= asked )) && break
    sleep 0.02
  done
done
zpty -d shell
cat $GEAR_OFFERS
