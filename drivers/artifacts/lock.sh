#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Writes the lock of one Flink patch release: every jar of its home with digest and size.
# usage: drivers/artifacts/lock.sh 1.20.1 > .../locks/1.20.1.txt     (needs Maven and the network)
set -eu
version=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dependency() {
  echo "<dependency><groupId>$1</groupId><artifactId>$2</artifactId><version>$3</version></dependency>"
}
{
  echo '<project><modelVersion>4.0.0</modelVersion><groupId>lock</groupId><artifactId>lock</artifactId>'
  echo '<version>1</version><packaging>pom</packaging><dependencies>'
  for artifact in flink-runtime-web flink-clients flink-streaming-java flink-table-api-java-bridge \
    flink-table-planner-loader flink-table-runtime flink-connector-files flink-connector-base \
    flink-cep flink-csv flink-json flink-statebackend-rocksdb; do
    dependency org.apache.flink $artifact "$version"
  done
  # The generator of test data is an artifact of its own since 1.17.
  case $version in 1.15.* | 1.16.*) ;; *) dependency org.apache.flink flink-connector-datagen "$version" ;; esac
  for artifact in log4j-slf4j-impl log4j-core log4j-api log4j-1.2-api; do
    dependency org.apache.logging.log4j $artifact 2.24.3
  done
  echo '</dependencies></project>'
} > "$folder/pom.xml"
mvn -q -B -ntp -f "$folder/pom.xml" org.apache.maven.plugins:maven-dependency-plugin:3.6.1:list -DincludeScope=runtime \
  -DoutputFile="$folder/list" -DoutputAbsoluteArtifactFilename=true > "$folder/log" || { cat "$folder/log" >&2; exit 1; }
# Other bindings of slf4j would compete with log4j's.
sed -n 's/^ *\([^ :]*\):\([^ :]*\):jar:\([^ :]*\):[a-z]*:\([^ ]*\.jar\).*/\1:\2:\3 \4/p' "$folder/list" \
  | grep -v -E '^(org.slf4j:slf4j-(log4j12|reload4j|simple)|ch.qos.logback):' \
  | sort | while read -r coordinate file; do
  echo "$(sha256sum "$file" | cut -d' ' -f1) $(stat -c %s "$file") $coordinate"
done
