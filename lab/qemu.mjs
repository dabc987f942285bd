import { join } from 'node:path';

/**
 * Kernel arguments for clocks that an emulator keeps. A busy computer lets the emulated timer stall, which the kernel's check
 * takes for broken hardware: it panics. It also lets the TSC seem unstable, and reading the HPET instead costs an exit each time.
 */
export const emulatedClocks = 'no_timer_check tsc=reliable';

/**
 * A boot of the disk image on which the guest makes its containers and turns itself off. The only one that writes.
 *
 * @param {string} image
 */
export function provisioningArguments(image) {
  return [
    ...computer('tcg'),
    ...directBoot(image, '/dev/vda', 'lab.provision'),
    ...disk(join(image, 'disk.img'), 'cache=unsafe'),
    ...['-no-reboot', '-serial', 'stdio'],
  ];
}

/**
 * A boot in which GRUB is installed on a disk and nothing else runs; what it takes is unpacked from a second disk.
 *
 * @param {string} image
 * @param {string} installed the disk that gets it
 * @param {string} packages a tar archive
 */
export function grubInstallingArguments(image, installed, packages) {
  const unpack =
    'tar -xf /dev/vdb -C / --skip-old-files --keep-directory-symlink --exclude ./var --exclude ./dev --exclude ./etc/apt';
  const install = `${unpack} ; sh /lab-grub/install.sh /dev/vda1 /dev/vda`;
  return [
    ...computer('tcg'),
    ...directBoot(image, '/dev/vda1', `panic=-1 init=/bin/sh -- -c "${install}"`),
    ...disk(installed, 'cache=unsafe'),
    ...['-drive', `file=${escaped(packages)},if=none,id=packages,format=raw,readonly=on`],
    ...['-device', 'virtio-blk-pci,drive=packages', '-no-reboot', '-serial', 'stdio'],
  ];
}

/**
 * @param {object} machine
 * @param {import("./variants.mjs").Variant} machine.variant
 * @param {string} machine.image
 * @param {string | undefined} machine.ownDisk a disk that starts by itself, in place of the image's kernel
 * @param {string} machine.state folder for the console's log
 * @param {string} machine.sockets folder with a name short enough for sockets
 * @param {number} machine.port where the guest's sshd is reached on 127.0.0.1
 * @param {string} machine.accelerator
 */
export function machineArguments({ variant, image, ownDisk, state, sockets, port, accelerator }) {
  const kernelArgs = `lab.engines=${variant.engines} ${variant.kernelArgs}`;
  return [
    ...computer(accelerator),
    ...(ownDisk ? [] : directBoot(image, '/dev/vda', kernelArgs)),
    ...disk(ownDisk ?? join(image, 'disk.img'), 'snapshot=on'),
    ...['-netdev', `user,id=management,hostfwd=tcp:127.0.0.1:${port}-:22`],
    ...['-device', 'virtio-net-pci,netdev=management,romfile='],
    ...iommu[variant.iommu],
    ...variant.cards.flatMap((card, index) => cards[card](index + 1)),
    ...(variant.nvme ? drive(variant.cards.length + 1) : []),
    ...[
      '-chardev',
      `socket,id=console,path=${sockets}/console,server=on,wait=off,logfile=${escaped(join(state, 'console.log'))}`,
    ],
    ...[
      '-pidfile',
      join(state, 'qemu.pid'),
      '-serial',
      'chardev:console',
      '-qmp',
      `unix:${sockets}/qmp,server=on,wait=off`,
    ],
  ];
}

/** @type {Record<import("./variants.mjs").Variant["iommu"], string[]>} */
const iommu = {
  intel: ['-device', 'intel-iommu,intremap=on'],
  amd: ['-device', 'amd-iommu,intremap=on'],
  none: [],
};

/** @param {string} accelerator */
function computer(accelerator) {
  return [
    ...[
      '-accel',
      accelerator,
      '-cpu',
      accelerator === 'kvm' ? 'host' : 'max',
      '-M',
      'q35,kernel-irqchip=split',
    ],
    ...['-m', '2048', '-smp', '2', '-nodefaults', '-no-user-config', '-display', 'none'],
  ];
}

/**
 * QEMU itself loads the kernel.
 *
 * @param {string} image
 * @param {string} root
 * @param {string} kernelArgs
 */
function directBoot(image, root, kernelArgs) {
  return [
    ...['-kernel', join(image, 'vmlinuz'), '-initrd', join(image, 'initrd.img')],
    ...['-append', `root=${root} rw console=ttyS0 quiet ${emulatedClocks} ${kernelArgs}`.trim()],
  ];
}

/**
 * @param {string} file
 * @param {string} writes what becomes of them
 */
function disk(file, writes) {
  return [
    ...['-drive', `file=${escaped(file)},if=none,id=disk,format=raw,${writes}`],
    ...['-device', 'virtio-blk-pci,drive=disk', '-device', 'virtio-rng-pci'],
  ];
}

/**
 * Each behind a PCIe port of its own. All of them are plugged into the same hub.
 *
 * @type {Record<import("./variants.mjs").Card, (number: number) => string[]>}
 */
const cards = {
  igb: (number) => [...port(number), ...plugged(`${number}`, `igb,bus=port${number},romfile=`, number)],
  // Its VFs are devices of their own, which QEMU wants before their PF; each has its own plug in the hub.
  virtio: (number) => [
    ...port(number),
    ...[4, 3, 2, 1].flatMap((vf) =>
      plugged(
        `${number}-${vf}`,
        `virtio-net-pci,bus=port${number},addr=0x0.0x${vf},sriov-pf=pf${number}`,
        number,
        vf,
      ),
    ),
    ...plugged(`${number}`, `virtio-net-pci,bus=port${number},addr=0x0.0x0,id=pf${number},romfile=`, number),
  ],
};

/** @param {number} number */
const port = (number) => [
  '-device',
  `pcie-root-port,id=port${number},chassis=${number},slot=${number},bus=pcie.0`,
];

/**
 * @param {string} plug
 * @param {string} device
 * @param {number} number
 * @param {number} [vf]
 */
function plugged(plug, device, number, vf = 0) {
  const [high, low] = [vf, number].map((byte) => byte.toString(16).padStart(2, '0'));
  return [
    ...['-netdev', `hubport,id=wire${plug},hubid=0`],
    ...['-device', `${device},netdev=wire${plug},mac=52:54:00:aa:${high}:${low}`],
  ];
}

/**
 * A drive with SR-IOV: an adapter of another kind. It holds nothing.
 *
 * @param {number} number
 */
function drive(number) {
  return [
    ...port(number),
    ...['-device', 'nvme-subsys,id=drives'],
    ...[
      '-device',
      `nvme,bus=port${number},serial=lab,subsys=drives,max_ioqpairs=26,msix_qsize=28,sriov_max_vfs=4,sriov_vq_flexible=8,sriov_vi_flexible=4`,
    ],
  ];
}

/** @param {string} path for use inside one of QEMU's comma-separated options */
function escaped(path) {
  return path.replaceAll(',', ',,');
}
