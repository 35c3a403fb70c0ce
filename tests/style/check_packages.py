#!/usr/bin/env python3
"""Compares the install list (tools/lib/packages.txt) with what a build really used.

Every system header that a compiler read, every library that a program links and every program
that the scripts start must come from a listed package or from what listed packages depend on.
Usage: check_packages.py ROOT BUILD
"""
import pathlib
import re
import shutil
import subprocess
import sys

ROOT, BUILD = (pathlib.Path(argument).resolve() for argument in sys.argv[1:3])
PROGRAMS = ["cmake", "ninja", "ccache", "mold", "pkg-config", "ctags", "python3", "curl",
            "xmllint", "7z", "zip", "unzip", "jq", "xz", "zstd", "bzip2", "ffmpeg", "ffprobe", "pdfinfo", "pdftotext",
             "espeak-ng", "clamd", "g++", "mkvmerge", "mediainfo", "mediaconch", "heif-enc"]
# Not ours to install: the base system and what fetches the sources.
BASE = {"git", "libc6", "libc6-dev", "linux-libc-dev", "base-files", "bash"}


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def owner(paths):
    """Package of each path, by dpkg."""
    owners = {}
    paths = sorted(paths)
    for start in range(0, len(paths), 500):
        for line in output("dpkg", "-S", *paths[start:start + 500]).splitlines():
            packages, _, path = line.partition(": ")
            owners[path] = packages.split(",")[0].split(":")[0].strip()
    return owners


def used_paths():
    paths = set()
    for line in output("ninja", "-C", str(BUILD), "-t", "deps").splitlines():
        path = line.strip()
        if path.startswith("/usr/"):
            paths.add(str(pathlib.Path(path).resolve()))
    for program in (BUILD / "bin").glob("*"):
        for match in re.finditer(r"=> (/\S+)", output("ldd", str(program))):
            paths.add(str(pathlib.Path(match.group(1)).resolve()))
    for program in PROGRAMS:
        found = shutil.which(program)
        if found:
            paths.add(str(pathlib.Path(found).resolve()))
    return paths


def closure(names):
    depends = {}
    for line in output("dpkg-query", "-W", "-f",
                       "${Package}\t${Depends}, ${Pre-Depends}\t${Provides}\n").splitlines():
        package, wants, provides = line.split("\t")
        names_of = [re.split(r"[\s(:|]", word.strip())[0] for word in re.split(r"[,|]", wants)]
        depends.setdefault(package, set()).update(name for name in names_of if name)
        for name in re.split(r",\s*", provides):
            if name:
                depends.setdefault(name.split(" ")[0], set()).add(package)
    reached, waiting = set(), list(names)
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting.extend(depends.get(name, ()))
    return reached


def main():
    listed = output("bash", str(ROOT / "tools/test"), "--list-packages").split()
    allowed = closure(set(listed) | BASE)
    owners = owner(used_paths())
    missing = sorted({package for package in owners.values() if package not in allowed})
    for package in missing:
        example = next(path for path, name in owners.items() if name == package)
        print(f"package {package} is used ({example}) and not in tools/lib/packages.txt")
    print(f"{len(listed)} packages listed, {len(set(owners.values()))} used, "
          f"{len(missing)} missing from the list")
    return 1 if missing or not owners else 0


if __name__ == "__main__":
    sys.exit(main())
