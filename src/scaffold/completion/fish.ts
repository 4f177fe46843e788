import type { Argument } from "./argument.ts";
import type { Arm, Tables } from "./tables.ts";

/** A script for fish, from 3.0. It goes the way of that for bash and zsh, in the language of fish. */
export function renderFish(tables: Tables, withNames: boolean): string {
  const { globalFlags, flags, globalOptions, options, words, places } = tables;
  return `# Completes the words of taskq in fish. Written by \`taskq completion fish\`.

${fishFunction("__taskq_flag", "called flag", [
  ...switches('"$flag"', globalFlags, after),
  ...switches('"$called $flag"', flags, after),
])}

${fishFunction("__taskq_options", "called", [...switches('"$called"', options, print), print(globalOptions)])}

${fishFunction("__taskq_place", "called place", [
  ...switches('"$called"', words, (rows) => `test "$place" -gt 0; or ${print(rows)}`),
  ...switches('"$called"', places, ({ takes, values }) => `${takes === "many" ? "" : alone}${print(values)}`),
])}

${withNames ? names : fishFunction("__taskq_names", "program kind", [])}

${look(tables)}

complete -c taskq -e
complete -c taskq -f -a '(__taskq_look)'
`;
}

const alone = 'test "$place" -gt 0; or ';
/** How many it takes, then which. */
const after = ({ takes, values }: Argument) => print([takes, ...values]);
const print = (rows: readonly string[]) => `printf '%s\\n' ${rows.map(quote).join(" ")}`;
const quote = (text: string) =>
  /^[\w.@/-]+$/.test(text) ? text : `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const fishFunction = (name: string, args: string, lines: readonly string[]) =>
  [`function ${name} -a ${args}`, ...lines.map((line) => `    ${line}`), "end"].join("\n");

const switches = <Value>(subject: string, arms: readonly Arm<Value>[], render: (value: Value) => string) => [
  `switch ${subject}`,
  ...arms.flatMap(({ keys, value }) => [`    case ${keys.map(quote).join(" ")}`, `        ${render(value)}`]),
  "end",
];

/** Whoever types `npx taskq` has no taskq on PATH, but one in the project. */
const names = `function __taskq_names -a program kind
    begin
        $program names $kind $argv[3..-1]; or node_modules/.bin/taskq names $kind $argv[3..-1]
    end 2>/dev/null </dev/null
end`;

const look = ({ names }: Tables) => `function __taskq_look
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l program $typed[1]
    string match -q '~/*' -- $program; and set program $HOME/(string sub -s 3 -- $program)
    set -l called ''
    set -l flag ''
    set -l after
    set -l place 0
    set -l project
    set -l prefix ''
    for word in $typed[2..-1]
        switch $word
            case '--config=*' '--env-file=*'
                set flag ''
                set -a project $word
            case '--*=*'
                set flag ''
            case '-*'
                set flag $word
                set after (__taskq_flag "$called" $flag)
                test (count $after) -gt 0; or set flag ''
            case '*'
                if test -n "$flag"
                    if contains -- $flag --config --env-file
                        string match -q '~/*' -- $word; and set word $HOME/(string sub -s 3 -- $word)
                        set -a project $flag $word
                    end
                    test "$after[1]" = many; or set flag ''
                    continue
                end
                set -l longer (string trim -- "$called $word")
                if contains -- $longer ${names.map(quote).join(" ")}
                    set called $longer
                else
                    set place (math $place + 1)
                end
        end
    end
    set -l values
    switch $current
        case '--*=*'
            set flag (string split -m 1 = -- $current)[1]
            set prefix $flag=
            set values (__taskq_flag "$called" $flag)[2..-1]
        case '-*'
            __taskq_options "$called"
            return
        case '*'
            if test -n "$flag"
                set values $after[2..-1]
            else
                set values (__taskq_place "$called" $place)
            end
    end
    set -l part (string replace -- "$prefix" '' $current)
    for value in $values
        switch $value
            case @files
                __fish_complete_path $part | string replace -r '^' -- $prefix
            case @folders
                __fish_complete_directories $part | string replace -r '^' -- $prefix
            case '@*'
                __taskq_names $program (string sub -s 2 -- $value) $project | string replace -r '^' -- $prefix
            case '*'
                echo $prefix$value
        end
    end
end`;
