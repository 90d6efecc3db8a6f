#include <iostream>
#include <memory>
#include <string>

#include "client/cli/catalogue.h"
#include "client/cli/choices.h"
#include "client/cli/commands.h"

namespace kirikae::cli {
namespace {

// What a word is completed with comes from `kirikae __complete`; where that says nothing, the shell
// completes files.
constexpr char kBash[] = R"(# bash completion of kirikae; use: source <(kirikae completion bash)
_kirikae() {
  local line candidate
  COMPREPLY=()
  while IFS= read -r line; do
    printf -v candidate '%q' "${line%%$'\t'*}"
    COMPREPLY+=("$candidate")
  done < <("${COMP_WORDS[0]}" __complete "${COMP_WORDS[@]:1:COMP_CWORD}" 2> /dev/null)
  if [ ${#COMPREPLY[@]} -eq 1 ] && [[ "${COMPREPLY[0]}" == *= ]]; then
    compopt -o nospace
  fi
}
complete -o default -F _kirikae kirikae
)";

constexpr char kZsh[] = R"(#compdef kirikae
# zsh completion of kirikae; put it into a folder of $fpath as _kirikae, or: source <(kirikae completion zsh)
_kirikae() {
  local line
  local -a candidates shown
  while IFS= read -r line; do
    candidates+=("${line%%$'\t'*}")
    if [[ "$line" == *$'\t'* ]]; then
      shown+=("${line%%$'\t'*}  ${line#*$'\t'}")
    else
      shown+=("$line")
    fi
  done < <("${words[1]}" __complete "${(@Q)words[2,CURRENT]}" 2> /dev/null)
  if (( ${#candidates} )); then
    compadd -l -d shown -a candidates
  else
    _files
  fi
}
if [ "${funcstack[1]}" = _kirikae ]; then
  _kirikae "$@"
else
  compdef _kirikae kirikae
fi
)";

constexpr char kFish[] =
    R"(# fish completion of kirikae; put it into ~/.config/fish/completions/kirikae.fish
function __kirikae_candidates
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l found ($words[1] __complete $words[2..-1] "$typed" 2> /dev/null)
    if test (count $found) -gt 0
        printf '%s\n' $found
    else
        __fish_complete_path "$typed"
    end
end
complete -c kirikae -f -a '(__kirikae_candidates)'
)";

}  // namespace

void AddCompletion(CLI::App& app, Session&) {
  auto* const completion =
      app.add_subcommand("completion", Tr("print the completion script of a shell"));
  const auto shell = std::make_shared<std::string>();
  completion->add_option("SHELL", *shell, Tr("bash, zsh or fish"))
      ->required()
      ->check(OneOf({"bash", "zsh", "fish"}));
  completion->callback([shell] {
    std::cout << (*shell == "bash" ? kBash : *shell == "zsh" ? kZsh : kFish);
  });
}

}  // namespace kirikae::cli
