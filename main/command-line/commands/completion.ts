// `completion`: a script for the shell that completes commands, flags and the names of data sources.
import { type Command, UsageError } from '../command.ts';
import { commonFlags } from '../help.ts';

type Table = Readonly<Record<string, Command>>;

const scripts: Record<string, (table: Table) => string> = { bash, zsh, fish };

export function completion(table: () => Table): Command {
  return {
    usage: ['completion bash | zsh | fish'],
    does: 'prints a script that completes commands, flags and the names of data sources in a shell',
    flags: {},
    words: Object.keys(scripts),
    examples: [
      'completion bash > ~/.local/share/bash-completion/completions/hookbench',
      'completion zsh > ~/.zfunc/_hookbench',
      'completion fish > ~/.config/fish/completions/hookbench.fish',
    ],
    async run({ words }) {
      const [shell = ''] = words;
      const script = Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
      if (!script) throw new UsageError(`Name the shell: ${Object.keys(scripts).join(', ')}.`);
      const text = script(table());
      return { json: { script: text }, text };
    },
  };
}

const flagsOf = (command: Command) => [...Object.keys(command.flags), ...Object.keys(commonFlags)];
const namesOf = (table: Table) => ['serve', ...Object.keys(table)];
const fixedWords = (command: Command) => (command.words ?? []).filter((word) => !word.startsWith('<'));
const takesSource = (command: Command) => command.words?.includes('<source>') ?? false;

function bash(table: Table): string {
  const cases = Object.entries(table).map(([name, command]) => {
    const flags = flagsOf(command).map((flag) => `--${flag}`);
    const words = [...flags, ...fixedWords(command)].join(' ');
    return `    ${name}) words="${words}"; sources=${takesSource(command) ? 1 : 0} ;;`;
  });
  return `# hookbench: completion for bash
_hookbench() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" sources=0
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${namesOf(table).join(' ')}" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
  esac
  if [ "$previous" = --source ]; then words=""; sources=1; fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  if [ "$sources" -eq 1 ]; then
    local name
    while IFS= read -r name; do
      [[ "$name" == "$current"* ]] && COMPREPLY+=("$(printf '%q' "$name")")
    done < <(hookbench sources --names 2>/dev/null)
  fi
}
complete -F _hookbench hookbench
`;
}

/** Of zsh: the names of data sources, one an element. */
const zshNames = '("$' + '{(@f)$(hookbench sources --names 2>/dev/null)}")';

function zsh(table: Table): string {
  const cases = Object.entries(table).map(([name, command]) => {
    const flags = flagsOf(command).map((flag) => `--${flag}`);
    const names = takesSource(command) ? ` names=${zshNames};` : '';
    return `    ${name}) choices=(${[...flags, ...fixedWords(command)].join(' ')});${names} ;;`;
  });
  return `#compdef hookbench
_hookbench() {
  local -a choices names
  if (( CURRENT == 2 )); then
    compadd -- ${namesOf(table).join(' ')}
    return
  fi
  case $words[2] in
${cases.join('\n')}
  esac
  if [[ $words[CURRENT-1] == --source ]]; then
    choices=(); names=${zshNames}
  fi
  (( $#choices )) && compadd -- $choices
  (( $#names )) && compadd -- $names
}
compdef _hookbench hookbench
`;
}

function fish(table: Table): string {
  const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;
  const lines = Object.entries(table).flatMap(([name, command]) => [
    `complete -c hookbench -n __fish_use_subcommand -f -a ${name} -d ${quoted(command.does)}`,
    ...Object.entries({ ...command.flags, ...commonFlags }).map(
      ([flag, { takes, does }]) =>
        `complete -c hookbench -n '__fish_seen_subcommand_from ${name}' -l ${flag}${takes ? ' -r' : ''} -d ${quoted(does)}`,
    ),
    ...fixedWords(command).map(
      (word) => `complete -c hookbench -n '__fish_seen_subcommand_from ${name}' -f -a ${word}`,
    ),
    ...(takesSource(command)
      ? [
          `complete -c hookbench -n '__fish_seen_subcommand_from ${name}' -f -a '(hookbench sources --names 2>/dev/null)'`,
        ]
      : []),
  ]);
  return `# hookbench: completion for fish
complete -c hookbench -n __fish_use_subcommand -f -a serve -d 'runs Hookbench without a window'
${lines.join('\n')}
complete -c hookbench -l source -f -r -a '(hookbench sources --names 2>/dev/null)'
`;
}
