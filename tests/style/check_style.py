#!/usr/bin/env python3
"""Checks what docs/style.md asks for and a machine can see. Prints one line a fault, exit 1."""
import json
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
LINE_MAX, FUNCTION_MAX, FILE_MAX, TEST_FILE_MAX = 100, 60, 400, 600

# Layer -> layers it may include. Sub-layers are named by their longest matching prefix.
LAYERS = {
    "core": set(),
    "packager": {"core"},
    "preservation/formats": {"core"},
    "preservation/rules": {"core"},
    "preservation/sidecar": {"core", "preservation/formats", "preservation/rules"},
    "preservation/forms": {"core", "preservation/rules", "preservation/sidecar"},
    "preservation": {"core", "packager", "preservation/formats", "preservation/rules",
                     "preservation/sidecar"},
    "ingest": {"core", "packager", "preservation", "preservation/formats", "preservation/rules",
               "preservation/sidecar", "preservation/forms"},
    "catalog/index": {"core", "packager", "preservation", "preservation/formats",
                      "preservation/sidecar"},
    "catalog/http": {"core", "packager", "preservation", "preservation/formats",
                     "preservation/rules", "preservation/sidecar", "catalog/index", "catalog"},
    "catalog": {"core", "packager", "preservation", "preservation/sidecar", "catalog/index"},
    "cli": {"core", "packager", "preservation", "preservation/formats", "preservation/rules",
            "preservation/sidecar", "preservation/forms", "ingest", "catalog", "catalog/index", "catalog/http"},
    "tools/sample": {"core"},
    "tools/verify": {"core", "packager"},
}

# Vendor header pattern -> prefixes of the files that may include it.
VENDORS = {
    r"xercesc/": ["core/xml", "tools/verify/static/"],
    r"unicode/": ["core/text"],
    r"nlohmann/": ["core/json", "core/messages"],
    r"toml\+\+/": ["core/config"],
    r"openssl/": ["core/digest", "core/uuid", "packager/seal"],
    r"sodium\.h": ["core/digest"],
    r"sqlite3\.h": ["core/database"],
    r"seccomp\.h": ["core/sandbox"],
    r"archive(_entry)?\.h": ["packager/container", "tests/"],
    r"zlib\.h": ["packager/container", "preservation/formats/identify/zip_members", "tests/"],
    r"magic\.h": ["preservation/formats/identify"],
    r"(MediaInfo|ZenLib|libexif)/": ["preservation/formats/characterise"],
    r"libheif/": ["preservation/formats"],
    r"Poco/": ["catalog/http"],
    r"CLI/": ["cli/", "tools/"],
    r"(pango|cairo)": ["tools/sample", "preservation/forms"],
    r"lib(av|sw)": ["tools/sample", "preservation/formats"],
    r"libheif/": ["preservation/formats"],
    r"tesseract/": ["preservation/formats"],
    r"jpeglib\.h": ["tools/sample", "preservation/formats"],
}

BANNED = [
    (r"\busing namespace std;", "name what you use"),
    (r"std::expected|std::format\b|std::views|std::ranges::views", "fmt, loops, exceptions"),
    (r"(?<![a-z_:.>])(?:std::)?f?printf\s*\(", "fmt or a stream"),
    (r"(?<![\w.])new\s+[A-Za-z_:]+[\s({;]", "std::make_unique or a container"),
    (r"\b(FIXME|TODO|XXX|HACK)\b", "do it, or an issue"),
    (r"/work/|\bsession\b.*\b(agent|helper)\b", "nothing of the workplace"),
    (r"\bassert\s*\(", "throw Error(kInternal)"),
]
CLOCKS = re.compile(r"system_clock::now|\btime\(nullptr\)|gettimeofday")
CLOCK_HOMES = {"core/clock.cpp"}

faults = []


def fault(path, line, text):
    faults.append(f"{path}:{line}: {text}")


def tracked(*patterns):
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "--", *patterns],
        capture_output=True, text=True, check=True).stdout.splitlines()
    return [name for name in listed if (ROOT / name).is_file()]


def layer_of(name):
    best = ""
    for layer in LAYERS:
        if name.startswith(layer + "/") and len(layer) > len(best):
            best = layer
    return best


def check_includes(name, number, line):
    own = re.match(r'\s*#include "([^"]+)"', line)
    if own:
        target, here, there = own.group(1), layer_of(name), layer_of(own.group(1))
        if not (ROOT / target).is_file():
            fault(name, number, f'include "{target}" is not a path from the root')
        elif here and there and here != there and there not in LAYERS[here]:
            fault(name, number, f"{here} may not include {there}")
        elif here and target.startswith("tests/"):
            fault(name, number, "production code may not include tests/")
    vendor = re.match(r"\s*#include <([^>]+)>", line)
    if vendor and not name.startswith("tests/"):
        for pattern, homes in VENDORS.items():
            if re.match(pattern, vendor.group(1)):
                if not any(name.startswith(home) for home in homes):
                    fault(name, number, f"<{vendor.group(1)}> belongs in {', '.join(homes)}")
                elif name.endswith(".h") and not name.startswith("tools/"):
                    fault(name, number, f"vendor header <{vendor.group(1)}> in a header of ours")


def strip_strings(line):
    return re.sub(r'"(?:\\.|[^"\\])*"', '""', line)


def check_source(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = text.splitlines()
    limit = TEST_FILE_MAX if name.startswith("tests/") else FILE_MAX
    if len(lines) > limit:
        fault(name, limit, f"file has {len(lines)} lines, at most {limit}")
    if name.endswith(".h") and name != "core/pch.h":
        if lines[0] != "#pragma once":
            fault(name, 1, "a header starts with #pragma once")
        elif len(lines) < 2 or not lines[1].startswith("// "):
            fault(name, 2, "a header begins with a sentence on what it is")
    for number, line in enumerate(lines, 1):
        if len(line) > LINE_MAX:
            fault(name, number, f"line has {len(line)} characters, at most {LINE_MAX}")
        check_includes(name, number, line)
        code = strip_strings(line)
        bare = code.split("//")[0]
        for pattern, instead in BANNED:
            scope = code if "FIXME" in pattern or "/work" in pattern else bare
            if re.search(pattern, scope):
                fault(name, number, f"banned: {pattern}; use: {instead}")
        if CLOCKS.search(bare) and name not in CLOCK_HOMES and not name.startswith("tests/"):
            fault(name, number, "time comes from an injected Clock")


def check_functions(names):
    ctags = subprocess.run(
        ["ctags", "--languages=C++", "--c++-kinds=f", "--fields=+ne", "--output-format=json",
         "-f", "-", *names], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for row in ctags.splitlines():
        tag = json.loads(row)
        length = tag.get("end", tag["line"]) - tag["line"] + 1
        if length > FUNCTION_MAX:
            fault(tag["path"], tag["line"], f"{tag['name']} has {length} lines, at most 60")


def check_headers_used(names):
    included = set()
    for name in names:
        for match in re.finditer(r'#include "([^"]+)"', (ROOT / name).read_text("utf-8")):
            if match.group(1) != name.replace(".cpp", ".h"):
                included.add(match.group(1))
    for name in names:
        if name.endswith(".h") and not name.endswith("pch.h") and name not in included:
            fault(name, 1, "nobody includes this header: dead file")


def check_messages(names):
    known = {}
    for path in sorted((ROOT / "schemas/messages").glob("*.json")):
        for key, texts in json.loads(path.read_text("utf-8")).items():
            if key in known:
                fault(path.name, 1, f"message {key} is defined twice")
            known[key] = texts
            if set(texts) != {"zh-CN", "en"}:
                fault(path.name, 1, f"message {key} needs zh-CN and en, nothing else")
                continue
            holes = [sorted(re.findall(r"\{(\w+)\}", texts[lang])) for lang in ("zh-CN", "en")]
            if set(holes[0]) != set(holes[1]):
                fault(path.name, 1, f"message {key}: placeholders differ {holes}")
            words = re.sub(r"\{\w+\}", "", texts["zh-CN"]).strip()
            if words and not re.search(r"[\u3001-\u303f\u4e00-\u9fff\uff00-\uffef]", words):
                fault(path.name, 1, f"message {key}: the Chinese text has no Chinese")
    code = "".join((ROOT / name).read_text("utf-8") for name in names)
    for used in set(re.findall(r'\bsay(?:_in)?\(\s*(?:Language::\w+,\s*|\w+,\s*)?"([\w.]+)"', code)):
        if used not in known and used[-1] not in "._" and not used.startswith("test."):
            fault("schemas/messages", 1, f"message {used} is used and does not exist")
    literals = set(re.findall(r'"([a-z_]+\.[\w.{}]*)"', code))
    prefixes = {text.split("{}")[0] for text in literals if "{}" in text}
    prefixes |= {text for text in literals if text[-1] in "._"}
    prefixes = {text for text in prefixes if not text.endswith(".") or text.count(".") > 1}
    for key in known:
        verb = re.fullmatch(r"cli\.[\w-]+\.(help|exit)", key)
        if key not in literals and not verb and not any(key.startswith(p) for p in prefixes):
            fault("schemas/messages", 1, f"message {key} is never used")


def main():
    names = [n for n in tracked("*.cpp", "*.h") if not n.startswith("tests/fixtures/")]
    for name in names:
        check_source(name)
    check_functions(names)
    check_headers_used(names)
    check_messages(names)
    for line in faults:
        print(line)
    print(f"{len(names)} files, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
