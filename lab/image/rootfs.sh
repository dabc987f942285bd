#!/bin/sh
# rootfs.sh OVERLAY.TAR ROOTFS.TAR SUITE PACKAGES [MIRROR]: a Debian with the overlay's files in it, as a tar archive.
# An ordinary user gets there through a user namespace, which may not be able to read this folder: so everything
# that runs inside goes in as text or through mmdebstrap's own copying.
set -eu
here=$(dirname "$0")
overlay=$1 rootfs=$2 suite=$3 packages=$(paste -sd, "$here/packages.txt")${4:+,$4}
shift 4

# Only what a virtual machine with network cards can use: half the size of the whole, and the initrd is made faster.
set -- "$@" --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
	--dpkgopt='path-exclude=/usr/share/locale/*'
for drivers in sound drivers/gpu drivers/media drivers/net/wireless drivers/staging drivers/iio drivers/infiniband; do
	set -- "$@" --dpkgopt="path-exclude=/lib/modules/*/kernel/$drivers/*"
done

# What this machine's apt is configured with for reaching its mirror holds for the guest's packages too.
settings=$(apt-config dump 2>/dev/null | grep -E '^Acquire::(http::Proxy|https::Proxy|Check-Valid-Until|Check-Date) "' || true)
while read -r setting; do
	[ -z "$setting" ] || set -- "$@" --aptopt="$setting"
done <<-END
	$settings
END

exec mmdebstrap --variant=minbase --include="$packages" --aptopt='Acquire::Languages "none"' \
	--essential-hook="$(cat "$here/initrd.sh")" \
	--customize-hook="tar-in '$overlay' /" --customize-hook="$(cat "$here/customize.sh")" \
	"$suite" "$rootfs" "$@"
