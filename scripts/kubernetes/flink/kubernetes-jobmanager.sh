#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# kubernetes-jobmanager.sh kubernetes-application|kubernetes-session [ARGUMENT...]
. "$(dirname "$0")/process.sh"
case $1 in
    kubernetes-application) main=KubernetesApplicationClusterEntrypoint ;;
    kubernetes-session) main=KubernetesSessionClusterEntrypoint ;;
    *) exit 64 ;;
esac
shift
mapfile -t memory < <(resources GET_JM_RESOURCE_PARAMS "$@")
[ "${#memory[@]}" -ge 2 ] || exit 1
# shellcheck disable=SC2086  # lists of options
exec java -XX:TieredStopAtLevel=1 ${memory[0]} "${opens[@]}" "${logging[@]}" -cp "$classes" \
    "org.apache.flink.kubernetes.entrypoint.$main" --configDir "$conf" ${memory[1]} "$@"
