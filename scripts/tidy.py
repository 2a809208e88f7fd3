#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""clang-tidy over the files of COVERED in a build directory, remembering what was clean.

A file costs seconds, so one that was clean is not looked at again until it,
a header of the tree that it includes, its command or .clang-tidy changes.
Everything is kept in $TIDY_CACHE by a hash of all these.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys

SOURCE = pathlib.Path(os.environ["SOURCE_DIR"])
CACHE = pathlib.Path(os.environ["TIDY_CACHE"])

# What reads a guest's bytes or decides about them, has rights, or reads what an administrator wrote.
# The edges of wlroots follow when they are clean; what a test gets wrong it shows itself.
COVERED = ("protocol/", "shm-grants/", "theming/", "compositor/policy/", "compositor/records/",
           "compositor/warden/", "compositor/broker/", "compositor/domains/", "compositor/spawner/",
           "compositor/config/", "compositor/control/", "compositor/ctl/", "compositor/guest/guest_state.cpp",
           "compositor/guest/outgoing.cpp")


def dependencies(build):
    """Object file -> files of the tree that it was compiled from."""
    text = subprocess.run(["ninja", "-C", build, "-t", "deps"], capture_output=True,
                          text=True, check=True).stdout
    found, target = {}, None
    for line in text.splitlines():
        if line.startswith("    "):
            path = (build / line.strip()).resolve()
            if path.is_relative_to(SOURCE):
                found[target].append(path)
        elif ": #deps" in line:
            target = line.split(":")[0]
            found[target] = []
    return found


def fingerprint(entry, files, salt):
    digest = hashlib.sha256(salt)
    # Where the checkout lies does not matter.
    digest.update(entry["command"].replace(str(SOURCE), "").encode())
    for path in sorted(set(files)):
        digest.update(str(path.relative_to(SOURCE)).encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def tidy(build, path):
    # The commands are g++'s: clang need not know all of its warnings.
    # It takes minutes: whoever waits for a compiler goes first.
    return subprocess.run(
        ["nice", "clang-tidy", "-p", build, "--quiet", "--extra-arg=-Wno-unknown-warning-option", path],
        capture_output=True, text=True, check=False)


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    CACHE.mkdir(parents=True, exist_ok=True)
    version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout
    salt = version + b"".join(
        (SOURCE / folder / ".clang-tidy").read_bytes() for folder in ("", "tests"))
    deps = dependencies(build)
    todo = {}
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        # Generated code is its generator's concern.
        if not path.is_relative_to(SOURCE) or path.is_relative_to(build):
            continue
        if not path.relative_to(SOURCE).as_posix().startswith(COVERED):
            continue
        if path.suffix not in (".cpp", ".cc"):
            continue
        mark = CACHE / fingerprint(entry, deps.get(entry["output"], []) + [path], salt)
        if mark.exists():
            mark.touch()
        else:
            todo[path] = mark
    clean = True
    if todo:
        print(f"clang-tidy: {len(todo)} files changed since they were last clean", flush=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {pool.submit(tidy, build, path): path for path in todo}
        for done, run in enumerate(concurrent.futures.as_completed(runs), 1):
            path, result = runs[run], run.result()
            if result.returncode == 0:
                todo[path].touch()
            else:
                clean = False
                print(result.stdout or result.stderr, flush=True)
            if done % 20 == 0:
                print(f"clang-tidy: {done} of {len(todo)}", flush=True)
    return 0 if clean else 1


sys.exit(main())
