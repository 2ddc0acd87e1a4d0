# shellcheck shell=sh disable=SC2034,SC2154  # read by the scripts beside it; they set $program
# SPDX-License-Identifier: Apache-2.0
# Where the cluster of the tests lives, and the few words its scripts share. One cluster per machine:
# the ports of kubelet and kube-proxy are fixed.
#   SLUICE_CACHE   folder of the user's cache (default: ~/.cache/sluice); a folder below it is used

home=$(sluice_cache)/kubernetes
build=$home/build
bin=$home/bin
images=$home/images
run=$home/run
kubeconfig=$run/kubeconfig
containerd_socket=$run/containerd.sock

version=v1.20.2
# The packages that build and run it, all of Debian 12.
packages="golang-go golang-github-modern-go-reflect2-dev rsync make gcc libc6-dev etcd-server
    containerd runc containernetworking-plugins iptables conntrack iproute2 openssl curl"

bridge=sluice0
node=sluice-node
host=10.244.0.1
pods=10.244.0
services=10.96.0.0/16
first_service=10.96.0.1
api=https://$host:16443
etcd=http://127.0.0.1:12379
pause_image=localhost/sluice-pause:1

require_root() {
    [ "$(id -u)" -eq 0 ] || give_up \
        "the tests on Kubernetes start a real cluster on this machine, which needs root:" \
        "pods are mounts, network interfaces and control groups." \
        "start $program as root, or give the tests a cluster of yours:" \
        "SLUICE_TEST_KUBECONFIG=<file> $program (see scripts/kubernetes/README.md)."
}

containers() {
    ctr -a "$containerd_socket" -n k8s.io "$@"
}

is_alive() {
    [ -f "$run/$1.pid" ] && kill -0 "$(cat "$run/$1.pid")" 2> /dev/null
}

# begin NAME COMMAND...: starts it once, away from this terminal.
begin() {
    name=$1
    shift
    is_alive "$name" && return 0
    setsid "$@" > "$run/$name.log" 2>&1 < /dev/null &
    echo $! > "$run/$name.pid"
}

# wait_for WHAT COMMAND...: at most a minute.
wait_for() {
    what=$1
    shift
    turn=0
    while ! "$@" > /dev/null 2>&1; do
        turn=$((turn + 1))
        [ "$turn" -lt 300 ] || give_up "$what did not come up; see the logs in $run"
        sleep 0.2
    done
}

# oci_image FILE NAME CONFIG LAYER...: an image of uncompressed layers as one archive (OCI layout).
oci_image() {
    file=$1
    image=$2
    config=$3
    shift 3
    layout=$(mktemp -d)
    mkdir -p "$layout/blobs/sha256"
    digests=''
    descriptors=''
    for layer in "$@"; do
        sum=$(sha256sum "$layer" | cut -d' ' -f1)
        size=$(stat -c %s "$layer")
        ln -f "$layer" "$layout/blobs/sha256/$sum" 2> /dev/null || cp "$layer" "$layout/blobs/sha256/$sum"
        digests="$digests${digests:+,}\"sha256:$sum\""
        descriptors="$descriptors${descriptors:+,}$(descriptor image.layer.v1.tar "$sum" "$size")"
    done
    cat > "$layout/config" << END
{"architecture":"amd64","os":"linux","config":$config,
 "rootfs":{"type":"layers","diff_ids":[$digests]}}
END
    config_descriptor=$(descriptor image.config.v1+json "$(blob config)" "$(stat -c %s "$layout/config")")
    cat > "$layout/manifest" << END
{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
 "config":$config_descriptor,"layers":[$descriptors]}
END
    manifest=$(blob manifest)
    size=$(stat -c %s "$layout/manifest")
    rm "$layout/config" "$layout/manifest"
    echo '{"imageLayoutVersion":"1.0.0"}' > "$layout/oci-layout"
    cat > "$layout/index.json" << END
{"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",
 "digest":"sha256:$manifest","size":$size,"platform":{"architecture":"amd64","os":"linux"},
 "annotations":{"io.containerd.image.name":"$image","org.opencontainers.image.ref.name":"${image##*:}"}}]}
END
    tar -C "$layout" -cf "$file.half" oci-layout index.json blobs
    rm -r "$layout"
    mv "$file.half" "$file"
}

descriptor() {
    echo "{\"mediaType\":\"application/vnd.oci.$1\",\"digest\":\"sha256:$2\",\"size\":$3}"
}

blob() {
    sum=$(sha256sum "$layout/$1" | cut -d' ' -f1)
    cp "$layout/$1" "$layout/blobs/sha256/$sum"
    echo "$sum"
}
