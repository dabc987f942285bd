import type { ConfigurationFile } from '../model/configuration';

/** How a file holds kernel arguments. */
export type BootFileForm =
  /** Shell assignments, `GRUB_CMDLINE_LINUX_DEFAULT="quiet"`. */
  | 'assignments'
  /** The command line and nothing else. */
  | 'line'
  /** A boot loader's menu, with lines such as `options …`. */
  | 'entry';

/** A kind of file in which a boot loader's user keeps kernel arguments. */
export interface BootFile {
  /** Globs of its paths. The first is where a missing setting is written. */
  paths: readonly [string, ...string[]];
  form: BootFileForm;
  /** The variables or keywords that hold arguments; of several, a new argument goes into the first that is set. */
  names: readonly string[];
  /** What makes a change of the file take effect. */
  then: string;
}

/** The one table of these files: what the programs on the host read, what fixes edit, and where the editor helps. */
export const bootFiles = {
  grub: {
    paths: ['/etc/default/grub', '/etc/default/grub.d/*.cfg'],
    form: 'assignments',
    names: ['GRUB_CMDLINE_LINUX_DEFAULT', 'GRUB_CMDLINE_LINUX'],
    then: 'Run update-grub, or grub2-mkconfig where that is used, and reboot',
  },
  extlinuxOfAlpine: {
    paths: ['/etc/update-extlinux.conf'],
    form: 'assignments',
    names: ['default_kernel_opts'],
    then: 'Run update-extlinux, and reboot',
  },
  uBootMenu: {
    paths: ['/etc/default/u-boot', '/etc/u-boot-menu/conf.d/*.conf'],
    form: 'assignments',
    names: ['U_BOOT_PARAMETERS'],
    then: 'Run u-boot-update, and reboot',
  },
  kernelCmdline: {
    paths: ['/etc/kernel/cmdline'],
    form: 'line',
    names: [],
    then: 'Run the tool that writes the boot entries (proxmox-boot-tool refresh, sdbootutil or kernel-install), and reboot',
  },
  raspberryPi: {
    paths: ['/boot/firmware/cmdline.txt', '/boot/cmdline.txt'],
    form: 'line',
    names: [],
    then: 'Reboot',
  },
  entries: {
    paths: ['/boot/loader/entries/*.conf', '/efi/loader/entries/*.conf', '/boot/efi/loader/entries/*.conf'],
    form: 'entry',
    names: ['options'],
    then: 'Reboot',
  },
  extlinux: {
    paths: ['/boot/extlinux/extlinux.conf', '/boot/extlinux.conf'],
    form: 'entry',
    names: ['append'],
    then: 'Reboot',
  },
} as const satisfies Record<string, BootFile>;

export type BootFileKind = keyof typeof bootFiles;

/** The kind of a boot loader's file, by its full path; undefined for all others. */
export const bootFile = (path: string): BootFile | undefined =>
  Object.values<BootFile>(bootFiles).find(({ paths }) => paths.some((glob) => matches(glob, path)));

/** The files of a kind that a host has, in the order in which their globs name them, then by name. */
export const filesOf = (files: ConfigurationFile[], kind: BootFileKind): ConfigurationFile[] =>
  bootFiles[kind].paths.flatMap((glob) =>
    files.filter(({ path }) => matches(glob, path)).sort((a, b) => (a.path < b.path ? -1 : 1)),
  );

/** A shell program with the globs in place of `__GRUB_FILES__` and the like, and of `__BOOT_FILES__` for all of them. */
export const withBootFiles = (program: string): string =>
  Object.entries<BootFile>(bootFiles).reduce(
    (text, [kind, { paths }]) => text.replaceAll(placeholder(kind), paths.join(' ')),
    program.replaceAll(
      '__BOOT_FILES__',
      Object.values<BootFile>(bootFiles)
        .flatMap(({ paths }) => paths)
        .join(' '),
    ),
  );
const placeholder = (kind: string): string =>
  `__${kind.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}_FILES__`;

/** A `*` stands for a name without a slash, as in a shell. */
function matches(glob: string, path: string): boolean {
  const [head = '', tail] = glob.split('*');
  if (tail === undefined) return glob === path;
  const middle = path.slice(head.length, path.length - tail.length);
  return path.startsWith(head) && path.endsWith(tail) && middle !== '' && !middle.includes('/');
}
