#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Brings up one node of Kubernetes on this machine for the tests, in about 10 seconds; does nothing
# when it is up. Prints the path of its kubeconfig. down.sh ends it.
set -eu

program=${program:-scripts/kubernetes/up.sh}
cd "$(dirname -- "$(readlink -f -- "$0")")"
. ../toolchain.sh
. ./settings.sh

require_root
./build.sh
mkdir -p "$run/certs" "$run/cni" "$run/kubelet" "$images"

bridge_up() {
    ip link show "$bridge" > /dev/null 2>&1 || ip link add "$bridge" type bridge
    ip addr show "$bridge" | grep -q "$host/" || ip addr add "$host/24" dev "$bridge"
    ip link set "$bridge" up
    ip link set lo up
    [ -f "$run/ip_forward" ] || cat /proc/sys/net/ipv4/ip_forward > "$run/ip_forward"
    echo 1 > /proc/sys/net/ipv4/ip_forward
    modprobe br_netfilter 2> /dev/null || true
    sysctl -qw net.bridge.bridge-nf-call-iptables=1 2> /dev/null || true
}

# certificate NAME SUBJECT [ALTERNATIVE NAMES]. RSA: Flink's client wants another library for the rest.
certificate() {
    {
        echo "extendedKeyUsage=serverAuth,clientAuth"
        echo "keyUsage=digitalSignature,keyEncipherment"
        [ -z "${3:-}" ] || echo "subjectAltName=$3"
    } > "$1.ext"
    openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -subj "$2" -out "$1.csr" 2> /dev/null
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 \
        -extfile "$1.ext" -out "$1.crt" 2> /dev/null
}

certificates() (
    cd "$run/certs"
    [ ! -f complete ] || return 0
    openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt -subj /CN=sluice-tests \
        -days 3650 -addext keyUsage=critical,keyCertSign,digitalSignature 2> /dev/null
    certificate server /CN=kube-apiserver \
        "IP:$host,IP:$first_service,IP:127.0.0.1,DNS:kubernetes,DNS:kubernetes.default.svc"
    certificate kubelet "/O=system:nodes/CN=$node" "IP:$host,DNS:$node"
    certificate admin /O=system:masters/CN=admin
    certificate manager /CN=system:kube-controller-manager
    certificate scheduler /CN=system:kube-scheduler
    certificate proxy /CN=system:kube-proxy
    certificate node "/O=system:nodes/CN=system:node:$node"
    openssl genrsa -out accounts.key 2048 2> /dev/null
    openssl rsa -in accounts.key -pubout -out accounts.pub 2> /dev/null
    touch complete
)

inline() {
    base64 -w0 < "$run/certs/$1"
}

# access USER FILE: a kubeconfig that needs no other file.
access() {
    (umask 077 && cat > "$2") << END
apiVersion: v1
kind: Config
current-context: tests
contexts: [{name: tests, context: {cluster: tests, user: $1, namespace: default}}]
clusters: [{name: tests, cluster: {server: "$api", certificate-authority-data: $(inline ca.crt)}}]
users: [{name: $1, user: {client-certificate-data: $(inline "$1.crt"), client-key-data: $(inline "$1.key")}}]
END
}

control_plane() {
    begin etcd etcd --data-dir "$run/etcd" --unsafe-no-fsync --listen-client-urls "$etcd" \
        --advertise-client-urls "$etcd" --listen-peer-urls http://127.0.0.1:12380
    begin apiserver "$bin/kube-apiserver" --etcd-servers="$etcd" --bind-address="$host" \
        --advertise-address="$host" --secure-port="${api##*:}" --insecure-port=0 \
        --tls-cert-file="$run/certs/server.crt" --tls-private-key-file="$run/certs/server.key" \
        --client-ca-file="$run/certs/ca.crt" --kubelet-client-certificate="$run/certs/admin.crt" \
        --kubelet-client-key="$run/certs/admin.key" \
        --kubelet-certificate-authority="$run/certs/ca.crt" \
        --kubelet-preferred-address-types=InternalIP --service-cluster-ip-range="$services" \
        --service-account-key-file="$run/certs/accounts.pub" \
        --service-account-signing-key-file="$run/certs/accounts.key" \
        --service-account-issuer=https://kubernetes.default.svc --authorization-mode=Node,RBAC \
        --enable-admission-plugins=NodeRestriction,ResourceQuota
}

container_runtime() {
    # restrict_oom_score_adj: root in a virtual machine may lack the right to lower it.
    cat > "$run/containerd.toml" << END
version = 2
root = "$home/containerd"
state = "$run/containerd"
disabled_plugins = ["io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs",
  "io.containerd.snapshotter.v1.aufs", "io.containerd.snapshotter.v1.devmapper"]
[grpc]
  address = "$containerd_socket"
[ttrpc]
  address = "$containerd_socket.ttrpc"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$pause_image"
  disable_apparmor = true
  restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".cni]
  bin_dir = "/usr/lib/cni"
  conf_dir = "$run/cni"
[plugins."io.containerd.grpc.v1.cri".containerd]
  default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
END
    cat > "$run/cni/10-bridge.conflist" << END
{"cniVersion": "0.4.0", "name": "sluice", "plugins": [
  {"type": "bridge", "bridge": "$bridge", "hairpinMode": true,
   "ipam": {"type": "host-local", "dataDir": "$run/addresses", "routes": [{"dst": "0.0.0.0/0"}],
    "ranges": [[{"subnet": "$pods.0/24", "rangeStart": "$pods.10", "rangeEnd": "$pods.250",
      "gateway": "$host"}]]}},
  {"type": "portmap", "capabilities": {"portMappings": true}}]}
END
    begin containerd containerd -c "$run/containerd.toml"
    wait_for containerd containers version
    containers images ls -q | grep -qx "$pause_image" || pause
}

# The process that holds a pod's namespaces: it waits, and buries the dead.
pause() {
    work=$(mktemp -d)
    cat > "$work/pause.c" << 'END'
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
static void end(int signal) { _exit(0); }
static void bury(int signal) { while (waitpid(-1, NULL, WNOHANG) > 0) { } }
int main(void) {
    signal(SIGTERM, end);
    signal(SIGINT, end);
    signal(SIGCHLD, bury);
    for (;;) pause();
}
END
    mkdir "$work/root"
    gcc -Os -static -o "$work/root/pause" "$work/pause.c"
    tar -C "$work/root" --owner=0 --group=0 -cf "$work/layer.tar" pause
    oci_image "$images/pause.tar" "$pause_image" '{"Entrypoint":["/pause"]}' "$work/layer.tar"
    rm -r "$work"
    containers images import "$images/pause.tar" > /dev/null
}

kubelet() {
    # No name server that fails at once: without one Flink waits ten seconds for each name.
    printf 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' > "$run/resolv.conf"
    cat > "$run/kubelet.yaml" << END
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
address: $host
healthzBindAddress: 127.0.0.1
cgroupDriver: cgroupfs
failSwapOn: false
authentication: {anonymous: {enabled: false}, x509: {clientCAFile: $run/certs/ca.crt}}
authorization: {mode: Webhook}
tlsCertFile: $run/certs/kubelet.crt
tlsPrivateKeyFile: $run/certs/kubelet.key
resolvConf: $run/resolv.conf
imageGCHighThresholdPercent: 100
evictionHard: {memory.available: "200Mi", nodefs.available: "1%", imagefs.available: "1%"}
nodeStatusUpdateFrequency: 2s
syncFrequency: 5s
serializeImagePulls: false
registryPullQPS: 0
eventRecordQPS: 0
END
    begin kubelet "$bin/kubelet" --config="$run/kubelet.yaml" --kubeconfig="$run/node.kubeconfig" \
        --hostname-override="$node" --node-ip="$host" --root-dir="$run/kubelet" \
        --container-runtime=remote --container-runtime-endpoint="unix://$containerd_socket" \
        --runtime-cgroups=/ --kubelet-cgroups=/
}

controllers() {
    begin manager "$bin/kube-controller-manager" --kubeconfig="$run/manager.kubeconfig" \
        --bind-address=127.0.0.1 --port=0 --leader-elect=false --use-service-account-credentials=true \
        --service-account-private-key-file="$run/certs/accounts.key" \
        --root-ca-file="$run/certs/ca.crt"
    begin scheduler "$bin/kube-scheduler" --kubeconfig="$run/scheduler.kubeconfig" \
        --bind-address=127.0.0.1 --port=0 --leader-elect=false
    begin proxy "$bin/kube-proxy" --kubeconfig="$run/proxy.kubeconfig" \
        --hostname-override="$node" --proxy-mode=iptables --cluster-cidr="$pods.0/24" \
        --healthz-bind-address=127.0.0.1:10256 --metrics-bind-address=127.0.0.1:10249 \
        --conntrack-max-per-core=0 --conntrack-tcp-timeout-established=0 \
        --conntrack-tcp-timeout-close-wait=0
}

# ask PATH: what the API server answers to the administrator.
ask() {
    curl -sf -m 5 --cacert "$run/certs/ca.crt" --cert "$run/certs/admin.crt" \
        --key "$run/certs/admin.key" "$api$1"
}

is_ready() {
    ask "/api/v1/nodes/$node" | grep -q KubeletReady &&
        ask /api/v1/namespaces/default/serviceaccounts/default
}

bridge_up
certificates
access admin "$kubeconfig"
for user in manager scheduler proxy node; do
    access "$user" "$run/$user.kubeconfig"
done
control_plane
container_runtime
kubelet
wait_for "the API server" ask /readyz
controllers
wait_for "the node" is_ready
echo "$kubeconfig"
