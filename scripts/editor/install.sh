#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the path of the yaml-language-server of package-lock.json, fetching it into the user's cache
# the first time. npm compares every package with the digest in the lock; no script of a package runs.
set -eu

program=scripts/editor/install.sh
here=$(dirname -- "$(readlink -f -- "$0")")
. "$here/../toolchain.sh"

require_node
digest=$(sha256sum < "$here/package-lock.json" | cut -c 1-12)
folder=$(sluice_cache)/editor/$digest
if [ ! -d "$folder" ]; then
    mkdir -p "$(dirname -- "$folder")"
    work=$(mktemp -d "$folder.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    cp "$here/package.json" "$here/package-lock.json" "$work/"
    say "fetching the language server of editors (about 6 MB)"
    (cd "$work" && npm ci --silent --ignore-scripts --no-audit --no-fund \
        --cache "$(sluice_cache)/npm" < /dev/null >&2) || give_up \
        "npm could not fetch the packages of $here/package-lock.json." \
        "run: (cd $here && npm ci --ignore-scripts) to see why, then start $program again."
    # Another process may have been quicker; either folder will do.
    mv -T "$work" "$folder" 2> /dev/null || [ -d "$folder" ]
fi
echo "$folder/node_modules/yaml-language-server/bin/yaml-language-server"
