#!/bin/sh
# disk.sh ROOTFS.TAR FOLDER: the archive as an ext4 disk image, and the kernel and initrd out of it, in FOLDER.
# No loop device and no mount: mke2fs fills the file system from a folder. Ordinary users run this under fakeroot,
# which keeps the owners.
set -eu
rootfs=$1 folder=$2
mkdir "$folder/root"
tar -C "$folder/root" -xf "$rootfs" --exclude='./dev/*'
mke2fs -q -t ext4 -d "$folder/root" -E lazy_itable_init=1 "$folder/disk.img" 3G
cp "$folder"/root/boot/vmlinuz-* "$folder/vmlinuz"
cp "$folder"/root/boot/initrd.img-* "$folder/initrd.img"
rm -rf "$folder/root" "$rootfs" "$folder/overlay.tar"
