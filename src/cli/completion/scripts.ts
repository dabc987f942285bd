import { completing } from './completing';

/**
 * The script by which each shell asks `sriov` what may come next: one word per line, a tab and its meaning; `:files` stands for
 * the shell's own completion of file names.
 */
export const scripts = {
  bash: String.raw`# Completes sriov in bash. Put into ~/.bashrc:  source <(sriov completion bash)
_sriov() {
  local line=${'$'}{COMP_LINE:0:COMP_POINT} words typed word breaks='' done=''
  read -ra words <<<"$line"
  if [[ $line == *[[:space:]] ]]; then words+=(''); fi
  typed=${'$'}{words[${'$'}{#words[@]} - 1]}
  # Readline breaks words at these as well, and replaces what follows the last one.
  if [[ $COMP_WORDBREAKS == *:* ]]; then breaks+=:; fi
  if [[ $COMP_WORDBREAKS == *=* ]]; then breaks+==; fi
  if [[ -n $breaks ]]; then done=${'$'}{typed%"${'$'}{typed##*[$breaks]}"}; fi
  COMPREPLY=()
  while IFS=$'\t' read -r word _; do
    if [[ $word == :files ]]; then
      compopt -o filenames 2>/dev/null
      while IFS= read -r word; do COMPREPLY+=("$word"); done < <(compgen -f -- "${'$'}{typed#"$done"}")
    else
      COMPREPLY+=("${'$'}{word#"$done"}")
    fi
  done < <("$1" ${completing} "${'$'}{words[@]:1}" 2>/dev/null </dev/null)
}
complete -F _sriov sriov`,

  zsh: String.raw`#compdef sriov
# Completes sriov in zsh. Put into ~/.zshrc, after compinit:  source <(sriov completion zsh)
_sriov() {
  local -a lines offers
  local line
  lines=("${'$'}{(@f)$("${'$'}{(Q)words[1]}" ${completing} "${'$'}{(@Q)words[2,CURRENT-1]}" "${'$'}{(Q)PREFIX}" 2>/dev/null </dev/null)}")
  for line in $lines; do
    if [[ $line == :files ]]; then
      _files
    else
      offers+=("${'$'}{${'$'}{line%%$'\t'*}//:/\\:}:${'$'}{line#*$'\t'}")
    fi
  done
  _describe -V sriov offers
}
if [[ $funcstack[1] == _sriov ]]; then _sriov "$@"; else compdef _sriov sriov; fi`,

  fish: String.raw`# Completes sriov in fish. Put into ~/.config/fish/config.fish:  sriov completion fish | source
function __sriov_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l program $words[1]
    set -e words[1]
    for line in ($program ${completing} $words "$typed" 2>/dev/null </dev/null)
        if test "$line" = :files
            __fish_complete_path "$typed"
        else
            printf '%s\n' $line
        end
    end
end
complete -c sriov -f -a '(__sriov_complete)'`,
} as const;
