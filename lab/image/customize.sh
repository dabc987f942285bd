#!/bin/sh
# customize.sh ROOT: accounts, services and silence for the unpacked guest.
set -eu
root=$1

# Version control and umasks keep no modes: what sshd and sudo insist on is set here.
chmod 755 "$root" "$root"/usr/local/lib/lab/*.sh
chmod 440 "$root/etc/sudoers.d/lab"
chmod 700 "$root/root" "$root/root/.ssh"
chmod 600 "$root/root/.ssh/authorized_keys" "$root/etc/ssh/ssh_host_ed25519_key"
rm -f "$root"/etc/ssh/ssh_host_rsa_key* "$root"/etc/ssh/ssh_host_ecdsa_key*

chroot "$root" useradd -m -s /bin/bash -G docker nfv
chroot "$root" useradd -m -s /bin/bash -G sudo sudoer
chroot "$root" useradd -m -s /bin/bash plain
printf 'sudoer:%s\n' "$(cat "$root/root/sudo-password")" | chroot "$root" chpasswd
rm "$root/root/sudo-password"
for user in nfv sudoer plain; do
	chroot "$root" install -d -m 700 -o "$user" -g "$user" "/home/$user/.ssh"
	chroot "$root" install -m 600 -o "$user" -g "$user" /root/.ssh/authorized_keys "/home/$user/.ssh/authorized_keys"
done

chroot "$root" systemctl enable ssh docker systemd-networkd serial-getty@ttyS0 lab-no-engine lab-provision lab-start
# Timers and waiting that only make a short-lived machine slower.
chroot "$root" systemctl mask systemd-networkd-wait-online.service apt-daily.timer apt-daily-upgrade.timer \
	dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer systemd-pstore.service \
	podman-auto-update.timer podman-restart.service podman.socket podman.service podman-auto-update.service getty@tty1.service \
	modprobe@drm.service modprobe@fuse.service modprobe@dm_mod.service modprobe@loop.service
chroot "$root" systemctl set-default multi-user.target

rm -f "$root/etc/apt/apt.conf.d/99mmdebstrap" "$root/etc/machine-id"
: >"$root/etc/machine-id"
