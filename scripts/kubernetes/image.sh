#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# usage: scripts/kubernetes/image.sh VERSION LIB OPENS
# Makes localhost/sluice-flink:VERSION and prints its name by digest, without a registry and a container
# engine: this machine's JDK and shell, the jars in folder LIB, and start scripts of ours for what Flink's
# native mode calls. OPENS are the options that this Flink needs of Java. Makes nothing when it is there.
set -eu

program=scripts/kubernetes/image.sh
opens=$3
lib=$(readlink -f -- "$2")
cd "$(dirname -- "$(readlink -f -- "$0")")"
. ../toolchain.sh
. ./settings.sh

image=localhost/sluice-flink:$1
java=/usr/lib/jvm/java-17-openjdk-amd64
base=$images/base.tar
flink=$images/flink-$1.tar
want=$(cat "$0" ./flink/*.sh - << END | sha256sum | cut -d' ' -f1
$opens $(find "$lib" -type f -printf '%f %s\n' | sort)
END
)

mkdir -p "$images"
exec 9> "$images/lock"
flock 9

# by_digest: the image's name by digest, known to the nodes as well.
by_digest() {
    digest=$(containers images ls | awk -v image="$image" '$1 == image { print $3 }')
    containers images tag --force "$image" "${image%:*}@$digest" > /dev/null
    echo "${image%:*}@$digest"
}

if [ "$(cat "$images/flink-$1.of" 2> /dev/null)" = "$want" ] &&
    containers images ls -q | grep -qx "$image"; then
    by_digest
    exit 0
fi

layer() {
    tar --sort=name --mtime=@0 --numeric-owner -C "$1" -cf "$2.half" .
    mv "$2.half" "$2"
}

# with_libraries FILE: copies what the program or library needs of this machine.
with_libraries() {
    ldd "$1" 2> /dev/null | grep -o '/[^ ]*' | while read -r library; do
        [ -e "$root$library" ] || cp -L --parents "$library" "$root/"
    done
}

base_layer() {
    root=$images/base
    rm -rf "$root"
    mkdir -p "$root/bin" "$root/usr/bin" "$root/etc" "$root/tmp" "$root/proc" "$root/sys" "$root/dev" "$root$java"
    chmod 1777 "$root/tmp"
    for name in bash sh cat ls mkdir rm cp mv ln chmod sed grep cut tr head tail env sleep date id \
        dirname basename readlink ps kill sha256sum true false; do
        file=$(command -v "/usr/bin/$name" || command -v "/bin/$name")
        cp -L "$file" "$root/bin/$name"
        with_libraries "$file"
    done
    for folder in bin conf lib release; do
        cp -rL "$java/$folder" "$root$java/" 2> /dev/null || true
    done
    rm -f "$root$java"/lib/src.zip "$root$java"/lib/ct.sym
    find "$root$java" -type f \( -name '*.so' -o -path '*/bin/*' \) | while read -r file; do
        with_libraries "$file"
    done
    for library in libnss_files.so.2 libnss_dns.so.2 libresolv.so.2; do
        cp -L --parents "/lib/x86_64-linux-gnu/$library" "$root/" 2> /dev/null || true
    done
    echo 'flink:x:9999:9999::/opt/flink:/bin/bash' > "$root/etc/passwd"
    echo 'flink:x:9999:' > "$root/etc/group"
    echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
    ln -s "$java/bin/java" "$root/bin/java"
    ln -s /bin/bash "$root/usr/bin/bash"
    ln -s /bin/env "$root/usr/bin/env"
    layer "$root" "$base"
    rm -r "$root"
}

flink_layer() {
    root=$images/flink-$1
    rm -rf "$root"
    for folder in bin conf lib log plugins usrlib; do
        mkdir -p "$root/opt/flink/$folder"
    done
    cp "$lib"/*.jar "$root/opt/flink/lib/"
    cp ./flink/entrypoint.sh "$root/docker-entrypoint.sh"
    cp ./flink/process.sh ./flink/kubernetes-jobmanager.sh ./flink/kubernetes-taskmanager.sh \
        "$root/opt/flink/bin/"
    echo "$opens" > "$root/opt/flink/bin/opens"
    chmod 755 "$root/docker-entrypoint.sh" "$root"/opt/flink/bin/*.sh
    chown -R 9999:9999 "$root/opt/flink"
    layer "$root" "$flink"
    rm -r "$root"
}

[ -f "$base" ] || base_layer
flink_layer "$1"
oci_image "$images/image.tar" "$image" '{"User":"9999:9999","WorkingDir":"/opt/flink",
 "Entrypoint":["/docker-entrypoint.sh"],"Env":["PATH=/opt/flink/bin:/bin:/usr/bin","LANG=C.UTF-8",
 "FLINK_HOME=/opt/flink","JAVA_HOME='$java'"]}' "$base" "$flink"
containers images import "$images/image.tar" > /dev/null
rm "$images/image.tar" "$flink"
echo "$want" > "$images/flink-$1.of"
by_digest
