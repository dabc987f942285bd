# shellcheck shell=sh
# Reads what decides how a host boots and which modules it loads, byte for byte: a plan that changes it has to know.
# Prints sections (see sections.ts). Reads only; as root it sees all of it. After ownFolder.sh.

export LC_ALL=C
section() { printf '@@__NONCE__@@ %s\n' "$*"; }
base=/var/lib/sriov-workbench

section cmdline
cat /proc/cmdline 2>/dev/null
section kernel
uname -r
section container
if [ -e /.dockerenv ] || [ -e /run/.containerenv ] || systemd-detect-virt -cq 2>/dev/null; then echo yes; else echo no; fi
section os
sed -n 's/^\(ID\|ID_LIKE\)=//p' /etc/os-release 2>/dev/null | tr -d '"' | tr ' ' '\n'
section loader
tr -d '\0' 2>/dev/null </sys/firmware/efi/efivars/LoaderInfo-4a67b082-0a4c-41cf-b6c7-440b29bb8c4f | tr -cd ' -~'
section tools
PATH=$PATH:/usr/sbin:/sbin:/usr/local/sbin
for tool in update-grub grub-mkconfig grub2-mkconfig grubby rpm-ostree proxmox-boot-tool kernelstub sdbootutil bootctl \
	kernel-install u-boot-update update-extlinux nmcli /opt/xensource/libexec/xen-cmdline; do
	[ -z "$(command -v "$tool")" ] || printf '%s\n' "$tool"
done
section generated
for path in /boot/grub/grub.cfg /boot/grub2/grub.cfg /boot/efi/EFI/*/grub.cfg /boot/extlinux/extlinux.conf /boot/extlinux.conf; do
	[ ! -e "$path" ] || printf '%s\n' "$path"
done
section modules
ls /sys/module 2>/dev/null

# The section is the file, to the byte; its size says whether the text came through whole.
for path in __BOOT_FILES__ /etc/modprobe.d/*.conf /etc/NetworkManager/conf.d/90-sriov-workbench.conf; do
	if [ -f "$path" ] && [ -r "$path" ]; then
		section "file $(wc -c <"$path") $path"
		cat "$path"
	fi
done
if folder_is_ours "$base" >/dev/null; then
	for record in "$base"/fixes/*/fix.json; do
		[ -r "$record" ] || continue
		section fix
		cat "$record"
	done
fi
section end
