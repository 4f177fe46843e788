import { renderPosix } from "./posix.ts";
import type { Tables } from "./tables.ts";

/** A script for zsh: a file `_taskq` of its fpath, or sourced after compinit. */
export function renderZsh(tables: Tables, withNames: boolean): string {
  return `#compdef taskq
# Completes the words of taskq in zsh. Written by \`taskq completion zsh\`.

${renderPosix(tables, withNames)}

${entry}
`;
}

const entry = `_taskq() {
  local word paths prefix
  local -a found described
  _taskq_look "\${(@Q)words[1,CURRENT-1]}" "\${(Q)PREFIX}"
  [[ -z $prefix ]] || compset -P '*='
  for word in "\${found[@]}"; do
    case $word in
      *$'\\t'*) described+=("\${\${word%%$'\\t'*}//:/\\\\:}:\${word#*$'\\t'}") ;;
      *) described+=("\${word//:/\\\\:}") ;;
    esac
  done
  (( ! $#described )) || _describe taskq described
  case $paths in
    files) _files ;;
    folders) _files -/ ;;
  esac
}

if [[ $funcstack[1] == _taskq ]]; then
  _taskq "$@"
else
  compdef _taskq taskq
fi`;
