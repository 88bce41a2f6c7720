// `completion`: a script for the shell that completes commands, flags and the names of data sources.
import type { Action, Command, CommandResult } from '../command.ts';
import { commonFlags } from '../help.ts';
import { type Flag, type Flags, UsageError } from '../read-arguments.ts';
import { serveFlags } from '../serve-flags.ts';

type Table = Readonly<Record<string, Command>>;

/** A command, or one of its parts, as a shell completes what follows it. */
interface Place {
  /** The words before it: the command, and its part where it has one. */
  path: [command: string, part?: string];
  flags: Flags;
  /** The names of the parts. */
  words: readonly string[];
  takesSource: boolean;
  takesFile: boolean;
}

export function completion(table: () => Table): Command {
  const inShell = (write: (places: Place[], table: Table) => string): Action => ({
    async run(): Promise<CommandResult> {
      const text = write(placesOf(table()), table());
      return { json: { script: text }, text };
    },
  });
  const parts = { bash: inShell(bash), zsh: inShell(zsh), fish: inShell(fish) };
  return {
    usage: ['completion bash | zsh | fish'],
    does: 'prints a script that completes commands, flags and the names of data sources in a shell',
    flags: {},
    parts,
    examples: [
      'completion bash > ~/.local/share/bash-completion/completions/hookbench',
      'completion zsh > ~/.zfunc/_hookbench',
      'completion fish > ~/.config/fish/completions/hookbench.fish',
    ],
    async run() {
      throw new UsageError(`Name the shell: ${Object.keys(parts).join(', ')}.`);
    },
  };
}

const commandNames = (table: Table) => ['serve', 'help', ...Object.keys(table)];

function placesOf(table: Table): Place[] {
  const serve: Place = {
    path: ['serve'],
    flags: serveFlags,
    words: [],
    takesSource: false,
    takesFile: false,
  };
  const help: Place = {
    path: ['help'],
    flags: {},
    words: Object.keys(table),
    takesSource: false,
    takesFile: false,
  };
  const others = Object.entries(table).flatMap(([name, command]) => [
    ...Object.entries(command.parts ?? {}).map(([part, action]) =>
      placeOf([name, part], command.flags, action, []),
    ),
    placeOf([name], command.flags, command, Object.keys(command.parts ?? {})),
  ]);
  return [...others, serve, help];
}

function placeOf(path: Place['path'], flags: Flags, action: Action, words: readonly string[]): Place {
  const { takes } = action;
  const own = Object.entries(flags).filter(([name]) => !takes || takes.includes(name));
  return {
    path,
    flags: { ...Object.fromEntries(own), ...commonFlags },
    words,
    takesSource: action.words?.what === '<source>',
    takesFile: action.words?.what === '<file>',
  };
}

/** Flags of any command whose value a shell can complete. */
function valued(places: readonly Place[], fits: (name: string, flag: Flag) => boolean): string[] {
  const names = places.flatMap(({ flags }) =>
    Object.entries(flags).flatMap(([name, flag]) => (fits(name, flag) ? [`--${name}`] : [])),
  );
  return [...new Set(names)].sort();
}

const isFile = (_name: string, { takes }: Flag) => takes === '<file>' || takes === '<folder>';
const isFree = (name: string, flag: Flag) =>
  flag.type === 'string' && name !== 'source' && !flag.choices && !isFile(name, flag);

/** A flag with few values, and these. Where commands differ, the values of all. */
function choicesOf(places: readonly Place[]): [flag: string, choices: string][] {
  return valued(places, (_name, flag) => flag.choices !== undefined).map((name) => [
    name,
    [...new Set(places.flatMap(({ flags }) => flags[name.slice(2)]?.choices ?? []))].join(' '),
  ]);
}

const wordsOf = ({ flags, words }: Place) =>
  [...words, ...Object.keys(flags).map((flag) => `--${flag}`)].join(' ');

function bash(places: readonly Place[], table: Table): string {
  const cases = places.map((place) => {
    const pattern = place.path.length === 2 ? `"${place.path.join(' ')}"` : `"${place.path[0]} "*`;
    const kind = place.takesSource ? ' kind=source' : place.takesFile ? ' kind=file' : '';
    return `    ${pattern}) words="${wordsOf(place)}";${kind} ;;`;
  });
  const choices = choicesOf(places).map(([flag, values]) => `    ${flag}) words="${values}"; kind="" ;;`);
  return `# hookbench: completion for bash
_hookbench() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" kind=""
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${commandNames(table).join(' ')} --help --version" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]} $([ "$COMP_CWORD" -gt 2 ] && printf '%s' "\${COMP_WORDS[2]}")" in
${cases.join('\n')}
  esac
  case "$previous" in
    --source) words=""; kind=source ;;
    ${valued(places, isFile).join('|')}) words=""; kind=file ;;
    ${valued(places, isFree).join('|')}) return ;;
${choices.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  case "$kind" in
    file) compopt -o default 2>/dev/null ;;
    source)
      local name word
      while IFS= read -r name; do
        case "$current" in
          [\\"\\']*) word="$name"; [[ "$word" == "\${current:1}"* ]] || continue ;;
          *) printf -v word '%q' "$name"; [[ "$word" == "$current"* ]] || continue ;;
        esac
        COMPREPLY+=("$word")
      done < <(hookbench sources --names 2>/dev/null) ;;
  esac
}
complete -F _hookbench hookbench
`;
}

/** Of zsh: the names of data sources, one an element. */
const zshNames = '("$' + '{(@f)$(hookbench sources --names 2>/dev/null)}")';

function zsh(places: readonly Place[], table: Table): string {
  const cases = places.map((place) => {
    const pattern = place.path.length === 2 ? `"${place.path.join(' ')}"` : `"${place.path[0]} "*`;
    const more = place.takesSource ? ` names=${zshNames}` : place.takesFile ? ' _files' : '';
    return `    ${pattern}) choices=(${wordsOf(place)});${more} ;;`;
  });
  const choices = choicesOf(places).map(([flag, values]) => `    ${flag}) choices=(${values}) ;;`);
  return `#compdef hookbench
_hookbench() {
  local -a choices names
  if (( CURRENT == 2 )); then
    compadd -- ${commandNames(table).join(' ')} --help --version
    return
  fi
  case $words[CURRENT-1] in
    --source) names=${zshNames} ;;
    ${valued(places, isFile).join('|')}) _files; return ;;
    ${valued(places, isFree).join('|')}) return ;;
${choices.join('\n')}
    *)
  local part=""
  (( CURRENT > 3 )) && part=$words[3]
  case "$words[2] $part" in
${cases.join('\n')}
  esac ;;
  esac
  (( $#choices )) && compadd -- $choices
  (( $#names )) && compadd -- $names
}
# Loaded from a folder of functions it is the function itself the first time; else it is made known.
if [[ "$funcstack[1]" == _hookbench ]]; then
  _hookbench "$@"
else
  compdef _hookbench hookbench
fi
`;
}

function fish(places: readonly Place[], table: Table): string {
  const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const names = "'(hookbench sources --names 2>/dev/null)'";
  const lines = places.flatMap((place) => {
    const [command, part] = place.path;
    const other =
      place.words.length > 0 ? `; and not __fish_seen_subcommand_from ${place.words.join(' ')}` : '';
    const seen = part === undefined ? other : `; and __fish_seen_subcommand_from ${part}`;
    const start = `complete -c hookbench -n '__fish_seen_subcommand_from ${command}${seen}'`;
    return [
      ...place.words.map((word) => `${start} -f -a ${word}`),
      ...(place.takesSource ? [`${start} -f -a ${names}`] : []),
      ...(place.takesFile ? [`${start} -F`] : []),
      ...Object.entries(place.flags).map(([name, flag]) => {
        const values = name === 'source' ? names : flag.choices && quoted(flag.choices.join(' '));
        const takes = flag.type === 'boolean' ? '' : isFile(name, flag) ? ' -r -F' : ' -x';
        return `${start} -l ${name}${takes}${values ? ` -a ${values}` : ''} -d ${quoted(flag.does)}`;
      }),
    ];
  });
  const first = Object.entries(table).map(
    ([name, { does }]) => `complete -c hookbench -n __fish_use_subcommand -a ${name} -d ${quoted(does)}`,
  );
  return `# hookbench: completion for fish
complete -c hookbench -f
complete -c hookbench -n __fish_use_subcommand -a serve -d 'runs Hookbench without a window'
${first.join('\n')}
${lines.join('\n')}
`;
}
