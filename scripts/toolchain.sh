# shellcheck shell=sh
# SPDX-License-Identifier: Apache-2.0
# Read by ./sluice and ./verify: finds a JDK >= 17 and Maven, or installs them where that is
# allowed, or says what to run. Speaks on standard error only. The caller sets $program.
#   SLUICE_JVM_DIR     where JDKs are looked for besides JAVA_HOME and PATH (/usr/lib/jvm)
#   SLUICE_NO_INSTALL  not empty: never install anything
#   SLUICE_CACHE       folder of the user's cache (default: ~/.cache/sluice)

say() {
    # shellcheck disable=SC2154  # set by the caller
    echo "$program: $*" >&2
}

# The world lacks something the user can provide: exit code 3 of the command line.
give_up() {
    for line in "$@"; do
        say "$line"
    done
    exit 3
}

# Prints the major version of the JDK in folder $1, from its file "release": starts no JVM.
jdk_major() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
    while IFS='"' read -r key value _; do
        if [ "$key" = "JAVA_VERSION=" ]; then
            echo "${value%%.*}"
            return 0
        fi
    done < "$1/release"
    return 1
}

is_jdk() {
    major=$(jdk_major "$1") && [ "$major" -ge 17 ] 2> /dev/null
}

# Sets JAVA_HOME. Of several in the folder of JDKs the lowest version wins: the one we test with.
find_jdk() {
    if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
        return 0
    fi
    on_path=$(command -v javac || true)
    if [ -n "$on_path" ]; then
        on_path=$(dirname -- "$(dirname -- "$(readlink -f -- "$on_path")")")
        if is_jdk "$on_path"; then
            JAVA_HOME=$on_path
            return 0
        fi
    fi
    lowest=1000
    for candidate in "${SLUICE_JVM_DIR:-/usr/lib/jvm}"/*; do
        if is_jdk "$candidate" && [ "$major" -lt "$lowest" ]; then
            lowest=$major
            JAVA_HOME=$candidate
        fi
    done
    [ "$lowest" -lt 1000 ]
}

# Sets $as_root to what makes a command run as root; fails where that is not allowed.
may_install() {
    [ -z "${SLUICE_NO_INSTALL:-}" ] || return 1
    command -v apt-get > /dev/null 2>&1 || return 1
    as_root=''
    [ "$(id -u)" -ne 0 ] || return 0
    as_root='sudo -n'
    sudo -n true 2> /dev/null
}

# install_any PACKAGE...: installs the first of the packages that this system knows.
install_any() {
    if [ -z "${package_lists_are_fresh:-}" ]; then
        say "reading the package lists"
        $as_root apt-get update -qq >&2 || return 1
        package_lists_are_fresh=yes
    fi
    for package in "$@"; do
        if apt-cache show "$package" > /dev/null 2>&1; then
            say "installing $package"
            $as_root env DEBIAN_FRONTEND=noninteractive \
                apt-get install -y -qq --no-install-recommends "$package" < /dev/null >&2
            return
        fi
    done
    return 1
}

require_jdk() {
    if ! find_jdk; then
        if may_install; then
            install_any openjdk-17-jdk-headless openjdk-21-jdk-headless default-jdk-headless || true
        fi
        find_jdk || give_up \
            "a JDK of version 17 or newer is needed and was not found." \
            "looked at JAVA_HOME (${JAVA_HOME:-not set}), PATH and ${SLUICE_JVM_DIR:-/usr/lib/jvm}." \
            "run: sudo apt-get update && sudo apt-get install -y openjdk-17-jdk-headless" \
            "then start $program again."
    fi
    export JAVA_HOME
}

require_maven() {
    if ! command -v mvn > /dev/null 2>&1; then
        if may_install; then
            install_any maven || true
        fi
        command -v mvn > /dev/null 2>&1 || give_up \
            "Maven 3.8 or newer is needed and mvn is not on the PATH." \
            "run: sudo apt-get update && sudo apt-get install -y maven" \
            "then start $program again."
    fi
}

require_node() {
    if ! has_node; then
        if may_install; then
            install_any nodejs || true
            install_any npm || true
        fi
        has_node || give_up \
            "Node.js 14 or newer and npm are needed for the test of editors and are not on the PATH." \
            "run: sudo apt-get update && sudo apt-get install -y nodejs npm" \
            "then start $program again."
    fi
}

has_node() {
    command -v npm > /dev/null 2>&1 && command -v node > /dev/null 2>&1 || return 1
    node_major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
    [ "$node_major" -ge 14 ] 2> /dev/null
}

# Java takes the home folder from the system's user list. Where HOME says otherwise, HOME counts,
# so that nothing is written to a folder the caller did not mean.
maven_follows_home() {
    case "${HOME:-}" in
        '' | *[[:space:]]*) ;;
        *) export MAVEN_OPTS="${MAVEN_OPTS:-} -Duser.home=$HOME" ;;
    esac
}

sluice_cache() {
    echo "${SLUICE_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/sluice}"
}
