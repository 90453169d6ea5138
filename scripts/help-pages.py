"""Writes man pages and shell completions from what tools print for --help and --version.

    help-pages.py FOLDER TOOL...

For each TOOL: FOLDER/man1/NAME.1, bash/NAME, zsh/_NAME and fish/NAME.fish. The help of a tool is made
from its table of flags (lib/support/Flags.h), so these pages cannot miss one. The form that is read:

    usage: NAME ARGUMENTS

    Paragraphs, and sections that begin with a line "word:".

      -x, --flag METAVAR    one line of help, which may go on
                            in lines that are indented further
"""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

FLAG_LINE = re.compile(r"  (-\S.*?)(?:  +(\S.*))?$")
FLAG = re.compile(r"(?<!\S)--?[A-Za-z][\w-]*")
SECTION = re.compile(r"([A-Za-z][\w ,'-]*):(?: *| +for .*)$")
FILES = {"FILE", "PATH", "DIR", "FOLDER"}


@dataclass
class Flag:
    names: list[str]
    metavar: str  # empty if the flag takes no value, "[=NAME]" if it may have one
    left: str  # as the help shows it
    help: str

    def needs_value(self) -> bool:
        return bool(self.metavar) and not self.metavar.startswith("[=")

    def takes_files(self) -> bool:
        return bool(FILES & set(re.findall(r"[A-Z]+", self.metavar)))


@dataclass
class Help:
    tool: str
    version: str
    usage: str
    parts: list  # a str is text, a Flag is itself, a tuple is (title, lines) of a section

    def flags(self) -> list[Flag]:
        return [part for part in self.parts if isinstance(part, Flag)]


def parse_flag(left: str, text: str) -> Flag:
    names = [name for name in FLAG.findall(left) if name.islower()]  # not --cria-PASS
    metavar = re.sub(r",\s", " ", FLAG.sub("", left)).replace("…", "").strip().lstrip("=")
    return Flag(names, metavar, left, text or "")


def parse(tool: str, version: str, text: str) -> Help:
    lines = text.rstrip().split("\n")
    found = Help(tool, version, lines[0].removeprefix("usage: "), [])
    section = None
    for line in lines[1:]:
        flag = FLAG_LINE.match(line)
        last = found.parts[-1] if found.parts else None
        if flag and not (section and section[0].startswith("example")):
            section = None
            found.parts.append(parse_flag(flag[1].strip(), flag[2]))
        elif isinstance(last, Flag) and re.match(r" {8,}\S", line):
            last.help += " " + line.strip()
        elif match := SECTION.match(line):
            section = (line.rstrip(": "), [])
            found.parts.append(section)
        elif section:
            section[1].append(line)
        elif line.strip() and isinstance(last, str) and not last.endswith("\n"):
            found.parts[-1] += " " + line.strip()
        elif line.strip():
            found.parts.append(line.strip())
        elif isinstance(last, str):
            found.parts[-1] = last.rstrip("\n") + "\n"
    return found


def roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)


def man_page(tool: Help, tools: list[str]) -> str:
    out = [f'.TH {tool.tool.upper()} 1 "" "Cria {tool.version}" "Cria"', ".SH NAME"]
    texts = [part.strip() for part in tool.parts if isinstance(part, str)]
    first = texts[0].split(". ")[0].split(": ")[0].rstrip(".") if texts else tool.tool
    out += [f"{roff(tool.tool)} \\- {roff(first[0].lower() + first[1:])}"]
    out += [".SH SYNOPSIS", f".B {roff(tool.usage)}", ".SH DESCRIPTION"]
    in_flags = False
    for part in tool.parts:
        if isinstance(part, str):
            out += [".PP", roff(part.strip())]
        elif isinstance(part, Flag):
            out += [] if in_flags else [".SH OPTIONS"]
            in_flags = True
            out += [".TP", f".B {roff(part.left)}", roff(part.help) or "\\&"]
        elif part[0].lower() != "flags":
            out += [f".SH {roff(part[0].upper())}", ".nf", roff("\n".join(part[1]).strip("\n")), ".fi"]
    out += [".SH EXIT STATUS", "0 if done, 1 for a bad input or machine, 2 for a bad command line."]
    others = ", ".join(f".BR {roff(other)} (1)" for other in tools if other != tool.tool)
    out += [".SH SEE ALSO", others.replace(", .BR", ",\n.BR")]
    return "\n".join(out) + "\n"


def bash(tool: Help) -> str:
    words = " ".join(name + ("=" if flag.needs_value() and name.startswith("--") else "")
                     for flag in tool.flags() for name in flag.names)
    function = "_" + tool.tool.replace("-", "_")
    return f"""# bash completion of {tool.tool}
{function}() {{
  local word=${{COMP_WORDS[COMP_CWORD]}}
  COMPREPLY=()
  if [[ $word == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W '{words}' -- "$word")
    [[ ${{COMPREPLY[0]-}} == *= ]] && compopt -o nospace 2>/dev/null
  else
    [[ $word == = ]] && word=
    mapfile -t COMPREPLY < <(compgen -f -- "$word")
  fi
  return 0
}}
complete -o filenames -F {function} {tool.tool}
"""


def zsh(tool: Help) -> str:
    def quoted(text: str) -> str:
        return re.sub(r"([\[\]:\\])", r"\\\1", text).replace("'", "'\\''")

    rows = []
    for flag in tool.flags():
        for name in flag.names:
            value = equals = ""
            if flag.metavar:
                files = "_files" if flag.takes_files() else " "
                name_of_value = flag.metavar if flag.needs_value() else flag.metavar.strip("[=]")
                value = f"{'' if flag.needs_value() else ':'}:{quoted(name_of_value)}:{files}"
                equals = "" if not name.startswith("--") else "=" if flag.needs_value() else "=-"
            rows.append(f"  '{name}{equals}[{quoted(flag.help)}]{value}'")
    return f"#compdef {tool.tool}\n_arguments -S \\\n" + " \\\n".join(rows) + " \\\n  '*:file:_files'\n"


def fish(tool: Help) -> str:
    rows = [f"# fish completion of {tool.tool}"]
    for flag in tool.flags():
        kinds = "".join(f" -l {name[2:]}" if name.startswith("--") else
                        f" -{'s' if len(name) == 2 else 'o'} {name[1:]}" for name in flag.names)
        value = "" if not flag.needs_value() else " -r" if flag.takes_files() else " -x"
        text = flag.help.replace("\\", "\\\\").replace("'", "\\'")
        rows.append(f"complete -c {tool.tool}{kinds}{value} -d '{text}'")
    return "\n".join(rows) + "\n"


def main() -> None:
    folder, tools = Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]]
    names = [tool.name for tool in tools]
    for tool in tools:
        def printed(flag: str) -> str:
            return subprocess.run([tool, flag], capture_output=True, text=True, check=True).stdout

        found = parse(tool.name, printed("--version").split()[-1], printed("--help"))
        if not found.flags():
            sys.exit(f"{tool}: no flags found in its help")
        for path, text in ((f"man1/{tool.name}.1", man_page(found, names)), (f"bash/{tool.name}", bash(found)),
                           (f"zsh/_{tool.name}", zsh(found)), (f"fish/{tool.name}.fish", fish(found))):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")


main()
