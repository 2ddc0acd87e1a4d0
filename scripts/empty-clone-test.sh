#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Proves that a fresh clone needs nothing prepared: clones the last commit into an empty folder,
# takes an empty home folder, starts ./sluice twice at once and runs ./verify --quick.
set -eu

root=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/home"
git clone -q "$root" "$work/clone"
cd "$work/clone"

in_empty_home() {
    env -u XDG_CACHE_HOME -u XDG_CONFIG_HOME -u SLUICE_CACHE -u MAVEN_OPTS HOME="$work/home" "$@"
}

in_empty_home ./sluice version > "$work/first" &
first=$!
in_empty_home ./sluice version > "$work/second"
wait "$first"
cmp "$work/first" "$work/second"
[ "$(find .sluice -maxdepth 1 -name '[0-9]*' | wc -l)" -eq 1 ] || {
    echo "two first calls at once built twice" >&2
    exit 1
}

in_empty_home ./verify --quick

unexpected=$(find "$work/home" -mindepth 1 -maxdepth 2 \
    ! -path "$work/home/.m2*" ! -path "$work/home/.cache" ! -path "$work/home/.cache/sluice*")
[ -z "$unexpected" ] || {
    echo "written to the home folder, where nothing but .m2 and .cache/sluice belongs:" >&2
    echo "$unexpected" >&2
    exit 1
}
changes=$(git status --short)
[ -z "$changes" ] || {
    echo "the build leaves files that git does not ignore: $changes" >&2
    exit 1
}
echo "empty clone: built, verified and left nothing behind"
