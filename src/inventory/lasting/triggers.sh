# shellcheck shell=sh
# Reads what decides by what a VF can be kept for a container. Prints sections (see sections.ts). Reads only.

export LC_ALL=C
section() { printf '@@__NONCE__@@ %s\n' "$*"; }

section systemd
[ ! -d /run/systemd/system ] || echo yes
section docker
timeout 20 docker info --format '{{json .ServerVersion}} {{json .CDISpecDirs}}' 2>/dev/null
section daemon-json
cat /etc/docker/daemon.json 2>/dev/null
section podman
timeout 20 podman --version 2>/dev/null
section end
