// The scripts of the shells. Each asks `agency __complete` and knows nothing of nouns and verbs.
#include "app/completion.hpp"
#include "app/invocation.hpp"

namespace agency::cli {
namespace {

constexpr const char* bash_script = R"(# bash completion for agency
_agency() {
    local cur i c q words=()
    # bash splits words at = and :; the words before the cursor are put together again
    for ((i = 1; i <= COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == [=:] || ${COMP_WORDS[i-1]} == [=:] ]] && ((${#words[@]})); then
            words[-1]+=${COMP_WORDS[i]}
        else
            words+=("${COMP_WORDS[i]}")
        fi
    done
    cur=${COMP_WORDS[COMP_CWORD]#[\"\']}
    [[ $cur == [=:] ]] && cur=
    words[-1]=${words[-1]#[\"\']}
    # not as $(…) in an array: a key with * ? [ would become names of files
    mapfile -t COMPREPLY < <(agency __complete -- "${words[@]}" 2>/dev/null)
    ((${#COMPREPLY[@]})) || return 0
    if [ "${COMPREPLY[0]}" = ":file" ]; then
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        return
    fi
    case ${COMP_WORDS[COMP_CWORD]} in # as the quotes want it that are open
    \'*) q="'\\''" && COMPREPLY=("${COMPREPLY[@]//\'/$q}") ;;
    \"*) for c in '\' '"' '$' '`'; do COMPREPLY=("${COMPREPLY[@]//"$c"/\\$c}"); done ;;
    *)
        for i in "${!COMPREPLY[@]}"; do
            COMPREPLY[i]=$(printf %q "${COMPREPLY[i]}")
            COMPREPLY[i]=${COMPREPLY[i]//\\,/,} # columns stand as they are typed
        done
        ;;
    esac
    compopt -o nosort 2>/dev/null
}
complete -F _agency agency
)";

constexpr const char* zsh_script = R"(#compdef agency
# zsh completion for agency
_agency() {
    local line
    local -a answers values shown
    answers=("${(@f)$(agency __complete --described -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
    [[ -n ${answers[1]} ]] || return 1
    [[ $PREFIX == --*=* ]] && compset -P '*='
    if [[ ${answers[1]} == :file ]]; then
        _files
        return
    fi
    for line in "${answers[@]}"; do
        values+=("${line%%$'\t'*}")
        shown+=("${line/$'\t'/  -- }")
    done
    compadd -l -V agency -d shown -a values
}
if [[ ${funcstack[1]} == _agency ]]; then
    _agency "$@"
else
    compdef _agency agency
fi
)";

constexpr const char* fish_script = R"(# fish completion for agency
function __agency_complete
    set -l words (commandline -opc)
    set -e words[1]
    set -l word (commandline -ct)
    if string match -q -r -- '^[\'"]' "$word"
        set word (string sub -s 2 -- "$word") # a quote that is not closed yet
    else
        set word (string unescape -- "$word")
    end
    set -l answers (agency __complete --described -- $words "$word" 2>/dev/null)
    # an answer to --option=VALUE is the value only; fish replaces the whole word
    set -l before (string match -r -- '^--[^=]*=' "$word")
    if test "$answers[1]" = :file
        set answers (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$word"))
    end
    for answer in $answers
        printf '%s%s\n' "$before" $answer
    end
end
complete -c agency -f -k -a '(__agency_complete)'
)";

}  // namespace

Outcome completion_script(Invocation& in) {
    const auto shell = in.argument(0);
    return Outcome::raw(shell == "zsh" ? zsh_script : shell == "fish" ? fish_script : bash_script);
}

}  // namespace agency::cli
