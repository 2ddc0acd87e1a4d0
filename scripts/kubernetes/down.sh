#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Ends the cluster of up.sh by the process ids it wrote down, and puts mounts, network and control
# groups back. Programs, images and certificates stay for the next time, everything else is removed.
set -u

program=${program:-scripts/kubernetes/down.sh}
cd "$(dirname -- "$(readlink -f -- "$0")")" || exit 1
. ../toolchain.sh
. ./settings.sh

[ -d "$run" ] || exit 0

# end SIGNAL NAME...
end() {
    signal=$1
    shift
    for name in "$@"; do
        if is_alive "$name"; then
            kill "-$signal" "$(cat "$run/$name.pid")"
        fi
    done
    for name in "$@"; do
        turn=0
        while is_alive "$name"; do
            turn=$((turn + 1))
            [ "$turn" -ne 50 ] || kill -KILL "$(cat "$run/$name.pid")"
            [ "$turn" -lt 100 ] || break
            sleep 0.1
        done
        rm -f "$run/$name.pid"
    done
}

end_containers() {
    is_alive containerd || return 0
    for task in $(containers tasks ls -q); do
        containers tasks kill -s KILL "$task"
    done
    sleep 0.3
    for task in $(containers tasks ls -q); do
        containers tasks delete -f "$task"
    done
    for container in $(containers containers ls -q); do
        containers containers delete "$container"
    done
    for file in "$run"/containerd/io.containerd.runtime.v2.task/k8s.io/*/shim.pid; do
        [ ! -f "$file" ] || kill -KILL "$(cat "$file")"
    done
}

unmount() {
    awk -v below="$run/" 'index($2, below) == 1 { print $2 }' /proc/mounts | sort -r |
        while read -r mount; do umount -l "$mount"; done
    for name in /run/netns/cni-*; do
        [ ! -e "$name" ] || { umount "$name"; rm -f "$name"; }
    done
}

# Only the rules and chains that kube-proxy, the kubelet and the network plug-ins made.
clean_network() {
    for family in iptables ip6tables; do
        for table in filter nat mangle; do
            "$family-save" -t "$table" | grep -v -e KUBE- -e CNI- | "$family-restore" -T "$table"
        done
    done
    ! ip link show "$bridge" || ip link delete "$bridge"
    [ ! -f "$run/ip_forward" ] || cat "$run/ip_forward" > /proc/sys/net/ipv4/ip_forward
}

{
    end TERM manager scheduler kubelet proxy
    # Its gentle end waits for watches.
    end KILL apiserver
    end_containers
    end TERM containerd etcd
    unmount
    clean_network
    find /sys/fs/cgroup -depth -type d -path '*/kubepods*' -exec rmdir {} +
    find /var/log/containers -xtype l -delete
    find /var/log/pods -mindepth 1 -maxdepth 1 -name 'sluice-*' -exec rm -r {} +
    rm -rf "$run/etcd" "$run/kubelet" "$run/addresses" "$run/containerd" "$run/ip_forward"
} > "$run/down.log" 2>&1
exit 0
