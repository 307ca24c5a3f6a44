"""One wrong letter, and the hint names what was meant: nouns, verbs, options, columns, enum values and record keys, all
taken from the program itself."""
import random, re, subprocess, unittest

from support.book import BINARY, SOURCE, Book

COUNT, SEED, WANTED = 300, 20261126, 0.95
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def one_edit(random_, word):
    """An insertion, a deletion, a substitution or a transposition of one letter; what stands before it, as --, is kept."""
    start = len(word) - len(word.lstrip("-"))
    letters = LETTERS + ("0123456789" if re.search(r"\d", word) else "")
    while True:
        at = random_.randrange(start, len(word))
        kind = random_.choice(("insertion", "deletion", "substitution", "transposition"))
        letter = random_.choice(letters)
        if kind == "insertion":
            out = word[:at] + letter + word[at:]
        elif kind == "deletion":
            out = word[:at] + word[at + 1:]
        elif kind == "substitution":
            out = word[:at] + letter + word[at + 1:]
        else:
            out = word[:at] + word[at + 1:at + 2] + word[at:at + 1] + word[at + 2:]
        if out != word and len(out) > start + 1:
            return out


class Typos(Book):
    now = "2026-10-31T09:00Z"

    def complete(self, *words):
        return self.ok("__complete", "--", *words).split()

    def needed(self, noun, verb, option, help):
        """What must be right before the value of the option is looked at."""
        out = ["2"] if [noun, verb] == ["op", "diff"] else []
        for o, value in re.findall(r"(--[\w-]+) ([A-Z]+)[^(]*?\(required\)", help) if verb == "add" else []:
            if o != option:
                known = self.complete(noun, verb, o, "")
                out += [o, known[0] if known else {"DAY": "2026-03-01", "AMOUNT": "1"}.get(value, "N1")]
        return out

    def places(self):
        """(words before, what stands there, all that may stand there, words after)"""
        nouns = self.complete("")
        yield from (([], n, nouns, ["list"]) for n in nouns)
        for noun in nouns:
            if not self.ok(noun, "--help").startswith(f"agency {noun}: "):
                continue
            verbs = self.complete(noun, "")
            yield from (([noun], v, verbs, []) for v in verbs)
            for verb in verbs:
                options = self.complete(noun, verb, "--")
                help = self.ok(noun, verb, "--help")
                yield from (([noun, verb], o, options, []) for o in options)
                for option in options:
                    if not re.search(option + r" [A-Z]", help):
                        continue
                    values = [v for v in self.complete(noun, verb, option, "") if v != ":file"]
                    given = self.needed(noun, verb, option, help)
                    is_word = re.search(option + r" (CODE|NUMBER)", help) is None
                    if is_word and option not in ("--where", "--fail-if"):
                        yield from (([noun, verb, *given, option], v, values, []) for v in values)
                    elif option == "--where":
                        yield from (([noun, verb, *given, option], v, values, [" = 1"]) for v in values)
            if "show" in verbs and noun != "op":
                keys = self.complete(noun, "show", "")
                yield from (([noun, "show"], k, keys, []) for k in keys)

    def test_the_right_word_is_hinted_at(self):
        for noun in ("client", "contract", "invoice", "receipt"):
            self.ok(noun, "import", SOURCE / "examples" / f"{noun}s.csv")
        random_ = random.Random(SEED)
        by_kind = {}
        for place in self.places():   # each kind has the same weight, or options would drown the rest
            before, word, _, after = place
            kind = "key" if before[1:] == ["show"] and not word.startswith("-") else "option" if word.startswith("-") else ["noun", "verb", "?", "value"][min(len(before), 3)]
            kind = "column" if kind == "value" and before[-1] in ("--columns", "--sort", "--where") else kind
            by_kind.setdefault(kind, []).append(place)
        self.assertEqual(set(by_kind), {"noun", "verb", "option", "column", "value", "key"})
        wrong = []
        for n in range(COUNT):
            while True:
                kind = list(by_kind)[n % len(by_kind)]
                before, word, all_, after = random_.choice(by_kind[kind])
                typo = one_edit(random_, word)
                if typo not in all_ and typo.strip("-") and not (kind == "noun" and typo == "help") and not (kind == "verb" and typo == "help"):
                    break
            shown = [typo + after[0]] if kind == "column" and after else [typo, *after]
            if kind == "option":
                shown = [typo, "1"]
            words = [*before, *shown]
            r = subprocess.run([BINARY, *words], cwd=self.dir, env=self.env, capture_output=True, text=True, timeout=60)
            hint = re.split("hint: |提示： ", r.stderr)[-1]
            if r.returncode == 0 and kind == "key":   # a prefix that only one number has, which is no mistake
                continue
            self.assertIn(r.returncode, (2, 3), (words, r.stderr))
            if not re.search(r"(?<![\w-])" + re.escape(word) + r"(?![\w-])", hint):
                wrong.append((kind, " ".join(words), word, r.stderr))
        self.assertLessEqual(len(wrong), COUNT * (1 - WANTED), "\n".join(map(str, wrong)))


if __name__ == "__main__":
    unittest.main()
