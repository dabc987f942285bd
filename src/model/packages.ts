/** How programs are installed, and privileges granted, by distribution: the names differ. */
type Family = 'debian' | 'fedora' | 'suse' | 'arch' | 'alpine';

const families: Record<Family, { ids: string[]; install: string; sudoers?: string }> = {
  debian: {
    ids: ['debian', 'ubuntu', 'linuxmint', 'raspbian', 'kali', 'pop'],
    install: 'apt-get install',
    sudoers: 'sudo',
  },
  fedora: {
    ids: ['fedora', 'rhel', 'centos', 'rocky', 'almalinux', 'ol', 'amzn'],
    install: 'dnf install',
    sudoers: 'wheel',
  },
  // Its sudo asks for root's password, whatever the user's groups.
  suse: { ids: ['opensuse-leap', 'opensuse-tumbleweed', 'sles', 'sle-micro'], install: 'zypper install' },
  arch: { ids: ['arch', 'manjaro'], install: 'pacman -S', sudoers: 'wheel' },
  alpine: { ids: ['alpine'], install: 'apk add', sudoers: 'wheel' },
};

/** The package of a program, and distributions that name it differently. */
const packages: Record<string, { usual: string } & Partial<Record<Family, string>>> = {
  ip: { usual: 'iproute2', fedora: 'iproute' },
  devlink: { usual: 'iproute2', fedora: 'iproute' },
  nsenter: { usual: 'util-linux', alpine: 'util-linux-misc' },
  flock: { usual: 'util-linux', alpine: 'flock' },
  timeout: { usual: 'coreutils' },
  stat: { usual: 'coreutils' },
  stdbuf: { usual: 'coreutils' },
  udevadm: { usual: 'udev', fedora: 'systemd-udev', arch: 'systemd', alpine: 'eudev' },
  sudo: { usual: 'sudo' },
  ssh: { usual: 'openssh-clients', debian: 'openssh-client', arch: 'openssh', alpine: 'openssh-client' },
  curl: { usual: 'curl' },
  tcpdump: { usual: 'tcpdump' },
  ping: { usual: 'iputils', debian: 'iputils-ping' },
  arping: { usual: 'iputils', debian: 'iputils-arping' },
  docker: { usual: 'docker', debian: 'docker.io', fedora: 'moby-engine' },
  podman: { usual: 'podman' },
  // A supported DHCP client.
  udhcpc: { usual: 'busybox', fedora: 'dhcp-client', suse: 'dhcp-client' },
};

const familyOf = (os: string | null): Family | undefined =>
  (Object.keys(families) as Family[]).find((family) => families[family].ids.includes(os ?? ''));

export const isPackaged = (program: string): boolean => Object.hasOwn(packages, program);

/** The package that a program is in; `os` is the ID of os-release. */
export function packageOf(program: string, os: string | null): string | undefined {
  const family = familyOf(os);
  const row = isPackaged(program) ? packages[program] : undefined;
  return row && ((family && row[family]) ?? row.usual);
}

/** The command that installs a program; undefined if unknown. */
export function installing(program: string, os: string | null): string | undefined {
  const family = familyOf(os);
  const name = packageOf(program, os);
  return family && name && `${families[family].install} ${name}`;
}

/** The group whose members may use sudo; undefined where there is no such convention. */
export const sudoersOf = (os: string | null): string | undefined => {
  const family = familyOf(os);
  return family && families[family].sudoers;
};
