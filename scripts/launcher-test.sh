#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tests ./sluice, ./verify and the distribution's bin/sluice from the outside.
set -eu

root=$(dirname -- "$(dirname -- "$(readlink -f -- "$0")")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
claims=0

# expect CLAIM EXPECTED ACTUAL
expect() {
    claims=$((claims + 1))
    if [ "$2" != "$3" ]; then
        printf 'launcher test failed: %s\n--- expected\n%s\n--- found\n%s\n' "$1" "$2" "$3" >&2
        exit 1
    fi
}

# A PATH with the everyday tools, but no Java, Maven, browser, sudo or package manager.
bare="$work/bare"
mkdir "$bare"
for tool in sh env cat awk sed grep find head date dirname readlink id mktemp mkdir mv cp rm touch \
    chmod flock sort tr cut; do
    ln -s "$(command -v "$tool")" "$bare/$tool"
done

# on_bare_machine COMMAND...: no tools, no JDKs; both outputs and then the exit code.
on_bare_machine() {
    rc=0
    env -i PATH="$bare" HOME="$work/home" SLUICE_JVM_DIR="$work/no-jdks" "$@" 2>&1 || rc=$?
    echo "exit $rc"
}

# A source tree without a build.
tree="$work/tree with a space"
mkdir -p "$tree/reconciler/src/main" "$tree/scripts"
cp "$root/sluice" "$root/verify" "$tree/"
cp "$root/scripts/toolchain.sh" "$tree/scripts/"

expect "without a JDK ./sluice says what to run" "\
./sluice: a JDK of version 17 or newer is needed and was not found.
./sluice: looked at JAVA_HOME (not set), PATH and $work/no-jdks.
./sluice: run: sudo apt-get update && sudo apt-get install -y openjdk-17-jdk-headless
./sluice: then start ./sluice again.
exit 3" "$(on_bare_machine "$tree/sluice" version)"

fake_jdk() {
    mkdir -p "$1/bin"
    printf '#!/bin/sh\necho "java of %s"\n' "$2" > "$1/bin/java"
    cp "$1/bin/java" "$1/bin/javac"
    chmod +x "$1/bin/java" "$1/bin/javac"
    printf 'IMPLEMENTOR="none"\nJAVA_VERSION="%s"\n' "$2" > "$1/release"
}
fake_jdk "$work/jdks/eleven" 11.0.2
fake_jdk "$work/jdks/twenty-one" 21.0.1
fake_jdk "$work/jdks/seventeen" 17.0.15
fake_jdk "$work/jdks/eight" 1.8.0_392

expect "a JDK that is too old does not count" "exit 3" \
    "$(on_bare_machine JAVA_HOME="$work/jdks/eleven" "$tree/sluice" version | tail -n 1)"

expect "without Maven ./sluice says what to run" "\
./sluice: Maven 3.8 or newer is needed and mvn is not on the PATH.
./sluice: run: sudo apt-get update && sudo apt-get install -y maven
./sluice: then start ./sluice again.
exit 3" "$(on_bare_machine SLUICE_JVM_DIR="$work/jdks" "$tree/sluice" version)"

# A bare Debian where one is root: the package manager only notes what it was asked for.
debian="$work/debian"
cp -R "$bare" "$debian"
rm "$debian/id"
printf '#!/bin/sh\necho 0\n' > "$debian/id"
# shellcheck disable=SC2016  # a parameter of the script that is written
printf '#!/bin/sh\n[ "$2" != openjdk-17-jdk-headless ]\n' > "$debian/apt-cache"
cat > "$debian/apt-get" <<SCRIPT
#!/bin/sh
echo "\$*" >> "$work/asked"
case "\$*" in
    *openjdk*) cp -R "$work/jdks/seventeen" "$work/new-jdks/" ;;
    *maven*) printf '#!/bin/sh\necho "[ERROR] no such project"\nexit 1\n' > "$debian/mvn" &&
        chmod +x "$debian/mvn" ;;
esac
SCRIPT
chmod +x "$debian/id" "$debian/apt-cache" "$debian/apt-get"
mkdir "$work/new-jdks"

expect "root on Debian gets what is missing, and a failed build is told" "\
./sluice: reading the package lists
./sluice: installing openjdk-21-jdk-headless
./sluice: installing maven
./sluice: building; this first time it also downloads libraries (about 100 MB)
[ERROR] no such project
./sluice: the build failed; the whole log is $tree/.sluice/build.log
exit 3" "$(on_bare_machine PATH="$debian" SLUICE_JVM_DIR="$work/new-jdks" "$tree/sluice" version)"
expect "each package is asked for once, and nobody is asked a question" "\
update -qq
install -y -qq --no-install-recommends openjdk-21-jdk-headless
install -y -qq --no-install-recommends maven" "$(cat "$work/asked")"

expect "who forbids it gets nothing installed" "exit 3" \
    "$(on_bare_machine PATH="$debian" SLUICE_NO_INSTALL=yes "$tree/sluice" version | tail -n 1)"

expect "a failed verification says so on its last line" \
    "verify: FAILED at the tools after 0 min 0 s (mode: normal)" \
    "$(on_bare_machine "$tree/verify" | grep '^verify:')"

expect "an unknown option of ./verify is wrong usage" "exit 64" \
    "$(on_bare_machine "$tree/verify" --fast | tail -n 1)"

expect "nothing was written to the home folder" "no" \
    "$([ -e "$work/home" ] && echo yes || echo no)"

# The distribution on its own.
distribution="$work/distribution"
mkdir -p "$distribution/bin" "$distribution/lib"
cp "$root/reconciler/src/main/distribution/bin/sluice" "$distribution/bin/"

expect "without Java the distribution says what to run" "\
sluice: Java 17 or newer is needed and was not found.
sluice: looked at JAVA_HOME (not set), PATH and $work/no-jdks.
sluice: run: sudo apt-get update && sudo apt-get install -y openjdk-17-jre-headless
exit 3" "$(on_bare_machine "$distribution/bin/sluice" version)"

expect "of several JDKs the lowest suitable one runs" "java of 17.0.15
exit 0" "$(on_bare_machine SLUICE_JVM_DIR="$work/jdks" "$distribution/bin/sluice" version)"

expect "JAVA_HOME goes first" "java of 21.0.1
exit 0" "$(on_bare_machine SLUICE_JVM_DIR="$work/jdks" JAVA_HOME="$work/jdks/twenty-one" \
    "$distribution/bin/sluice" version)"

# The real thing, built at most once.
version=$("$root/sluice" version 2> "$work/errors") || {
    cat "$work/errors" >&2
    exit 1
}
expect "standard output carries the version and nothing else" "1" "$(echo "$version" | grep -c .)"
case $version in
    "sluice "[0-9]*) ;;
    *) expect "the version is a number" "sluice <number>" "$version" ;;
esac
read -r build < "$root/.sluice/current"
expect "the distribution carries the SQL runner, apart from the class path" "1 in flink, 0 in lib" \
    "$(find "$root/.sluice/$build/flink" -name 'flink-sql-runner-*.jar' | wc -l) in flink, $(
        find "$root/.sluice/$build/lib" -name 'flink-*.jar' | wc -l) in lib"
expect "a second call says nothing on standard error" "" "$("$root/sluice" version 2>&1 > /dev/null)"
ln -s "$root/sluice" "$work/a link"
expect "it runs through a link from another folder" "$version" \
    "$(cd / && "$work/a link" version 2>&1)"

fastest=1000000
for _ in 1 2 3; do
    before=$(date +%s%3N)
    "$root/sluice" version > /dev/null
    took=$(($(date +%s%3N) - before))
    [ "$took" -ge "$fastest" ] || fastest=$took
done
expect "it starts in less than a second (took $fastest ms)" "yes" \
    "$([ "$fastest" -lt 1000 ] && echo yes || echo no)"

echo "launchers: $claims claims hold; sluice version takes $fastest ms"
