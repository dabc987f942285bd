#!/bin/sh
# install.sh PARTITION DISK: runs as the only process of the machine whose disk it is, once per image. Unpacked next to it
# lies what Debian's GRUB packages hold; from here on their own tools do it, as an installer would.
set -eu
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
trap 'sync; mount -o remount,ro /; echo o >/proc/sysrq-trigger; sleep 60' EXIT
here=$(dirname "$0")

printf '%s / ext4 rw,relatime 0 0\n' "$1" >/etc/fstab
cp "$here/default" /etc/default/grub
grub-install --target=i386-pc "$2"
update-grub
rm -rf "$here"
echo "lab: grub installed"
