/** A function of the bus, as other programs than lspci list it. */
interface Listed {
  pci: string;
  className: string;
  name: string;
  driver: string | null;
  more: string[];
}

/** In lspci's words, so that what is known of lspci's listings holds for them. */
const asLspci = ({ pci, className, name, driver, more }: Listed): string[] => [
  `${pci} ${className}: ${name}`,
  ...more,
  ...(driver === null ? [] : [`\tKernel driver in use: ${driver}`]),
  '',
];

const lshwBlock = /^ *\*-(?:network|infiniband|display|storage)\S*.*\n(?:(?! *\*-) +\S.*\n?)+/gm;
function lshw(block: string): string {
  const field = (name: string) => new RegExp(`^ +${name}: (.*)$`, 'm').exec(block)?.[1]?.trim() ?? null;
  const pci = /^pci@([0-9a-f:.]+)$/i.exec(field('bus info') ?? '')?.[1];
  const name = [field('vendor'), field('product')].filter((part) => part !== null).join(' ');
  if (pci === undefined || name === '') return block;
  const driver = /\bdriver=(\S+)/.exec(field('configuration') ?? '')?.[1] ?? null;
  const className = field('description')?.replace(/ interface$/, ' controller') ?? 'Ethernet controller';
  return `\n${asLspci({ pci, className, name, driver, more: driver === null ? ['\tUNCLAIMED'] : [] }).join('\n')}`;
}

const nodeDevice = /<device>\s*<name>pci_(?:(?!<device>)[^]){1,20000}?<\/device>/g;
function nodedev(xml: string): string {
  const [, domain, bus, slot, fn] =
    /<name>pci_([0-9a-f]{4})_([0-9a-f]{2})_([0-9a-f]{2})_([0-7])</.exec(xml) ?? [];
  if (domain === undefined) return xml;
  const inside = (tag: string) => new RegExp(`<${tag}[^>]*>([^<]+)<`).exec(xml)?.[1] ?? '';
  const driver = /<driver>\s*<name>([^<]+)</.exec(xml)?.[1] ?? null;
  const group = /<iommuGroup number='(\d+)'/.exec(xml)?.[1];
  const total = /<capability type='virt_functions'(?: maxCount='(\d+)')?/.exec(xml)?.[1];
  return `\n${asLspci({
    ...{ pci: `${domain}:${bus}:${slot}.${fn}`, driver },
    className: /<class>0x0207/.test(xml) ? 'Infiniband controller' : 'Ethernet controller',
    name: `${inside('vendor')} ${inside('product')}`.trim(),
    more: [
      ...(group === undefined ? [] : [`\tIOMMU group: ${group}`]),
      ...(total === undefined
        ? []
        : [
            '\tCapabilities: [160 v1] Single Root I/O Virtualization (SR-IOV)',
            `\t\tInitial VFs: ${total}, Total VFs: ${total}`,
          ]),
    ],
  }).join('\n')}`;
}

/** `lshw` and `virsh nodedev-dumpxml` in the words of lspci. */
export const asLspciSays = (text: string): string => {
  const listed = text.includes('*-') ? text.replace(lshwBlock, lshw) : text;
  return listed.includes('<name>pci_') ? listed.replace(nodeDevice, nodedev) : listed;
};
