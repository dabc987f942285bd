/** What a file can be exported to. */
export const exportFormats = [
  ...(['operator', 'link', 'netplan', 'networkmanager', 'nmstate', 'compose', 'quadlet'] as const),
];
export type ExportFormat = (typeof exportFormats)[number];
