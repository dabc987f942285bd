/** How a file holds kernel arguments. */
export type BootFileForm =
  /** Shell assignments, `GRUB_CMDLINE_LINUX_DEFAULT="quiet"`. */
  | 'assignments'
  /** The command line and nothing else. */
  | 'line'
  /** A boot loader entry, with lines `options …`. */
  | 'entry';

export interface BootFile {
  form: BootFileForm;
  /** What makes a change of the file count. */
  then: string;
}

const files: [path: RegExp, file: BootFile][] = [
  [
    /^\/etc\/default\/grub(?:\.d\/[^/]+\.cfg)?$/,
    { form: 'assignments', then: 'Run update-grub, or grub2-mkconfig where that is used, and reboot' },
  ],
  [/^\/etc\/update-extlinux\.conf$/, { form: 'assignments', then: 'Run update-extlinux, and reboot' }],
  [
    /^\/etc\/kernel\/cmdline$/,
    {
      form: 'line',
      then: 'Run the tool that writes the boot entries (proxmox-boot-tool refresh, sdbootutil, kernel-install), and reboot',
    },
  ],
  [/^\/boot\/(?:firmware\/)?cmdline\.txt$/, { form: 'line', then: 'Reboot' }],
  [/^\/(?:boot|efi|boot\/efi)\/loader\/entries\/[^/]+\.conf$/, { form: 'entry', then: 'Reboot' }],
];

/** What a file is to the boot loader, by its whole path; undefined for all others. */
export const bootFile = (path: string): BootFile | undefined =>
  files.find(([pattern]) => pattern.test(path))?.[1];
