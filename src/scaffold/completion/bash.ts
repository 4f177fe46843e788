import { renderPosix } from "./posix.ts";
import type { Tables } from "./tables.ts";

/** A script for bash, from 3.2. */
export function renderBash(tables: Tables, withNames: boolean): string {
  return `# Completes the words of taskq in bash. Written by \`taskq completion bash\`.

${renderPosix(tables, withNames)}

${entry}
`;
}

/**
 * The words are read from the line: bash has cut its own list at every \`=\` and \`:\`, where it also goes on with the word that it
 * replaces, so that much is cut off what is found.
 */
const entry = `_taskq() {
  local line=\${COMP_LINE:0:COMP_POINT} current cut='' mark='' word paths prefix
  local -a typed found
  COMPREPLY=()
  IFS=$' \\t\\n' read -r -d '' -a typed <<<"$line"
  case $line in *[[:space:]]) typed+=('') ;; esac
  current=\${typed[\${#typed[@]} - 1]}
  _taskq_look "\${typed[@]}"
  case $current in
    [\\"\\']*) mark=\${current:0:1} current=\${current:1} ;;
    *)
      [[ $COMP_WORDBREAKS != *=* || $current != *=* ]] || cut=\${current%"\${current##*=}"}
      [[ $COMP_WORDBREAKS != *:* || \${current#"$cut"} != *:* ]] || cut=\${current%"\${current##*:}"}
      ;;
  esac
  for word in "\${found[@]}"; do
    word=$prefix\${word%%$'\\t'*}
    [[ $word == "$current"* ]] || continue
    word=\${word#"$cut"}
    [ -n "$mark" ] || printf -v word %q "$word"
    COMPREPLY+=("$word")
  done
  case $paths in
    files) compopt -o default 2>/dev/null || COMPREPLY=($(compgen -f -- "\${current#"$prefix"}")) ;;
    folders) compopt -o dirnames 2>/dev/null || COMPREPLY=($(compgen -d -- "\${current#"$prefix"}")) ;;
  esac
}
complete -F _taskq taskq`;
