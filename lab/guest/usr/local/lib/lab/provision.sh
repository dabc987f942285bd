#!/bin/sh
# Runs once, while the disk image is built: makes a container image of nothing but busybox, and the containers.
# Creating one takes a second in an emulated machine; starting it at boot takes half of that.
set -eu

root=$(mktemp -d)
mkdir -p "$root/bin" "$root/etc" "$root/proc" "$root/sys" "$root/dev" "$root/tmp" "$root/root"
cp /bin/busybox "$root/bin/"
chroot "$root" /bin/busybox --install -s /bin
echo 'root:x:0:0:root:/root:/bin/sh' >"$root/etc/passwd"
# As process 1 a plain sleep would ignore TERM, and every stop would take ten seconds.
cat >"$root/bin/idle" <<'END'
#!/bin/sh
trap 'exit 0' TERM INT
while :; do
	sleep 3600 &
	wait
done
END
chmod 755 "$root/bin/idle"
tar -C "$root" -cf /tmp/busybox.tar .
docker import -c 'CMD ["/bin/idle"]' /tmp/busybox.tar sriov-lab:busybox
podman import -c 'CMD ["/bin/idle"]' /tmp/busybox.tar sriov-lab:busybox
rm -rf "$root" /tmp/busybox.tar

create() {
	name=$1
	shift
	docker create --name "$name" --hostname "$name" "$@" sriov-lab:busybox
}
create fw --network none
create router --network none
create web
docker create --name hostnet --network host sriov-lab:busybox
create stopped --network none
create pod-a --network none
create a.b_c-1.x --network none
create fw2 --network none
create fw3 --network none
create router2 --network none
docker start pod-a stopped
docker create --name pod-b --network container:pod-a sriov-lab:busybox
docker stop -t 2 pod-a stopped
podman create --name pfw --network none sriov-lab:busybox
sync
echo "lab: provisioned"
