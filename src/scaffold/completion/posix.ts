import type { Argument } from "./argument.ts";
import type { Arm, Tables } from "./tables.ts";

/**
 * What bash and zsh share: `_taskq_look` is given the words of a command line, the last being the one to complete, and leaves
 * what may stand there in `found` (each with a tab and its description), `paths` and `prefix`. It is written so that both
 * read it alike, bash from 3.2: macOS has that.
 */
export function renderPosix(tables: Tables, withNames: boolean): string {
  const { globalFlags, flags, globalOptions, options, words, places } = tables;
  return [
    shellFunction("_taskq_flag", [
      "takes='' values=()",
      ...cases("$flag", globalFlags, after),
      ...cases("$called $flag", flags, after),
    ]),
    shellFunction("_taskq_options", [...cases("$called", options, add), add(globalOptions)]),
    shellFunction("_taskq_place", [
      "values=()",
      ...cases("$called", words, (rows) => `[ "$place" -gt 0 ] || ${add(rows)}`),
      ...cases("$called", places, ({ takes, values }) => `${takes === "many" ? "" : alone}values=(${list(values)})`),
    ]),
    withNames ? names : noNames,
    look(tables),
  ].join("\n\n");
}

const alone = '[ "$place" -gt 0 ] || ';
const after = ({ takes, values }: Argument) => `takes=${takes} values=(${list(values)})`;
const add = (rows: readonly string[]) => `found+=(${list(rows)})`;
const list = (words: readonly string[]) => words.map(quote).join(" ");
const quote = (text: string) => (/^[\w.@/-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

const shellFunction = (name: string, lines: readonly string[]) =>
  [`${name}() {`, ...lines.map((line) => `  ${line}`), "}"].join("\n");

const cases = <Value>(subject: string, arms: readonly Arm<Value>[], render: (value: Value) => string) => [
  `case "${subject}" in`,
  ...arms.map(({ keys, value }) => `  ${keys.map(quote).join(" | ")}) ${render(value)} ;;`),
  "esac",
];

/** Whoever types `npx taskq` has no taskq on PATH, but one in the project. */
const names = `_taskq_names() {
  local name
  while IFS= read -r name; do
    [ -z "$name" ] || found+=("$name")
  done < <({ "$program" names "$1" "\${project[@]}" || node_modules/.bin/taskq names "$1" "\${project[@]}"; } 2>/dev/null </dev/null)
}`;
const noNames = "_taskq_names() { :; }";

const look = ({ names }: Tables) => `_taskq_values() {
  local value
  for value in "\${values[@]}"; do
    case $value in
      @files | @folders) paths=\${value#@} ;;
      @*) _taskq_names "\${value#@}" ;;
      *) found+=("$value") ;;
    esac
  done
}

_taskq_look() {
  local program=$1 called='' flag='' takes='' place=0 word
  local -a project values
  project=() values=() found=() paths='' prefix=''
  shift
  case $program in '~/'*) program=$HOME/\${program#'~/'} ;; esac
  while [ $# -gt 1 ]; do
    word=$1
    shift
    case $word in
      --config=* | --env-file=*) flag='' project+=("$word") ;;
      --*=*) flag='' ;;
      -?*)
        flag=$word
        _taskq_flag
        [ -n "$takes" ] || flag=''
        ;;
      *)
        if [ -n "$flag" ]; then
          case $flag in
            --config | --env-file)
              case $word in '~/'*) word=$HOME/\${word#'~/'} ;; esac
              project+=("$flag" "$word")
              ;;
          esac
          [ "$takes" = many ] || flag=''
          continue
        fi
        case "\${called:+$called }$word" in
          ${names.map(quote).join(" | ")}) called="\${called:+$called }$word" ;;
          *) place=$((place + 1)) ;;
        esac
        ;;
    esac
  done
  case $1 in
    --*=*)
      flag=\${1%%=*} prefix=\${1%%=*}=
      _taskq_flag
      ;;
    -*)
      _taskq_options
      return
      ;;
    *) [ -n "$flag" ] || _taskq_place ;;
  esac
  _taskq_values
}`;
