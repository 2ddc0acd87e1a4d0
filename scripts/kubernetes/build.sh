#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the programs of Kubernetes once, from Debian's source package, whose signature and sums apt
# checks; everything it needs is vendored there. About 6 minutes and 3 GB, later runs do nothing.
set -eu

program=scripts/kubernetes/build.sh
cd "$(dirname -- "$(readlink -f -- "$0")")"
. ../toolchain.sh
. ./settings.sh

programs="kube-apiserver kube-controller-manager kube-scheduler kubelet kube-proxy"

are_built() {
    for name in $programs; do
        [ -x "$bin/$name" ] || return 1
    done
}

has_tools() {
    for tool in etcd containerd runc iptables conntrack ip openssl curl gcc; do
        command -v "$tool" > /dev/null || return 1
    done
    [ -x /usr/lib/cni/bridge ]
}

has_compiler() {
    command -v go > /dev/null && [ -d /usr/share/gocode/src/github.com/modern-go/reflect2 ]
}

install_all() {
    may_install || return 1
    $as_root apt-get update -qq >&2
    # shellcheck disable=SC2086  # a list
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        $packages < /dev/null >&2
}

fetch_source() {
    mkdir -p "$build/apt/lists/partial" "$build/apt/cache/archives/partial"
    {
        sed 's/^Types: deb$/Types: deb-src/' /etc/apt/sources.list.d/debian.sources 2> /dev/null ||
            sed -n 's/^deb /deb-src /p' /etc/apt/sources.list
    } > "$build/apt/source.sources"
    options="-o Dir::Etc::sourcelist=$build/apt/source.sources -o Dir::Etc::sourceparts=/dev/null
        -o Dir::State::Lists=$build/apt/lists -o Dir::Cache=$build/apt/cache -o APT::Sandbox::User=root"
    # shellcheck disable=SC2086  # a list
    (cd "$build" && apt-get $options update -qq && apt-get $options source -qq --download-only kubernetes)
}

unpack() {
    rm -rf "$build/source" "$build/half"
    mkdir "$build/half"
    tar -xzf "$build"/kubernetes_*.orig.tar.gz -C "$build/half" --strip-components=1
    # The kubelet asks five seconds long for a docker that is not there.
    sed -i 's/rootDirRetries *= 5/rootDirRetries = 0/' \
        "$build/half/vendor/github.com/google/cadvisor/container/docker/factory.go"
    # The vendored one faults with Go 1.18 and later at the first custom resource; Debian's does not.
    reflect=$build/half/vendor/github.com/modern-go/reflect2
    rm "$reflect"/*.go "$reflect"/*.s
    cp /usr/share/gocode/src/github.com/modern-go/reflect2/*.go \
        /usr/share/gocode/src/github.com/modern-go/reflect2/*.s "$reflect"
    mkdir -p "$build/half/.go/src/k8s.io"
    ln -s ../../.. "$build/half/.go/src/k8s.io/kubernetes"
    mv "$build/half" "$build/source"
}

compile() {
    export GOPATH="$build/source/.go" GOCACHE="$build/go-cache" HOME="$build/home" CGO_ENABLED=0 GOFLAGS=
    export KUBE_GIT_VERSION=$version KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 KUBE_GIT_COMMIT=debian
    export KUBE_GIT_TREE_STATE=archive SOURCE_DATE_EPOCH=1610000000
    mkdir -p "$HOME" "$bin"
    GOFLAGS=-mod=vendor make -s -C "$build/source" generated_files > "$build/generate.log" 2>&1
    flags='-s -w'
    for package in component-base client-go/pkg; do
        for value in gitVersion=$version gitMajor=1 gitMinor=20 gitTreeState=archive gitCommit=debian; do
            flags="$flags -X k8s.io/kubernetes/vendor/k8s.io/$package/version.$value"
        done
    done
    cd "$GOPATH/src/k8s.io/kubernetes"
    for name in $programs; do
        GO111MODULE=off go build -ldflags "$flags" -o "$bin/$name.half" "./cmd/$name"
        mv "$bin/$name.half" "$bin/$name"
    done
}

require_root
# What runs it, and unless it is built, what builds it.
if ! has_tools; then
    install_all || true
fi
# shellcheck disable=SC2086  # a list
has_tools || give_up "the tests on Kubernetes need packages of Debian 12 that are not here." \
    "run: sudo apt-get update && sudo apt-get install -y" $packages
if are_built; then
    exit 0
fi
if ! has_compiler; then
    install_all
fi
say "building Kubernetes $version once, which takes about 6 minutes"
ls "$build"/kubernetes_*.orig.tar.gz > /dev/null 2>&1 || fetch_source
[ -d "$build/source" ] || unpack
(compile) || give_up "the build failed; see above and $build/generate.log"
rm -rf "$build"
