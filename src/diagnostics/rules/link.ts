import { always, fix, hit, hitsBySubject, type Family, type Hit } from '../rule';
import { quote, type View } from '../view/view';

const limited =
  /available PCIe bandwidth, limited by|PCI-?Express bandwidth available for this device may be insufficient|not sufficient for optimal performance/i;
const elsewhere =
  /nvme|amdgpu|radeon|nouveau|nvidia|i915|xe|snd|xhci|ahci|thunderbolt|pcieport|mpt|megaraid/i;

/** Limits that the kernel prints for every device at boot count where the device is a network adapter. */
const limitedByLog = (view: View): Hit[] =>
  hitsBySubject(
    view.find(limited).filter(({ pci, driver, text }) => {
      // The bus of a hypervisor or of an s390 says nothing of a link.
      if (/Unknown|\bx0 link/.test(text)) return false;
      const device = view.devices.find((d) => d.pci === pci);
      if (device) return device.isNetwork;
      if (driver !== null && driver !== 'pci') return !elsewhere.test(driver);
      if (/insufficient|not sufficient/i.test(text)) return true;
      const others = view.said.filter(
        (line) => line.pci === pci && line.driver !== null && line.driver !== 'pci',
      );
      return (
        !others.some((line) => elsewhere.test(line.driver ?? '')) &&
        !view.find(/nvme nvme\d+: pci function/).some((line) => line.pci === pci)
      );
    }),
  );

/** `LnkSta` below `LnkCap` on a network adapter; VFs have no link of their own. */
const downgraded = (view: View): Hit[] =>
  view.devices
    .filter(({ isNetwork, isVf }) => isNetwork && !isVf)
    .flatMap(({ pci, header, lines }) => {
      const capable = lines.find((line) => /LnkCap:/.test(line));
      const status = lines.find((line) => /LnkSta:/.test(line));
      if (status === undefined) return [];
      const [canSpeed, canWidth] = speedAndWidth(capable ?? '');
      const [speed, width] = speedAndWidth(status);
      const below =
        (canSpeed !== null && speed !== null && speed < canSpeed) ||
        (canWidth !== null && width !== null && width > 0 && width < canWidth);
      return below || /\(downgraded\)/.test(status)
        ? [hit(pci, quote([header, ...(capable ? [capable] : []), status]))]
        : [];
    });

const speedAndWidth = (line: string): [number | null, number | null] => {
  const speed = /Speed ([\d.]+)GT\/s/.exec(line)?.[1];
  const width = /Width x(\d+)/.exec(line)?.[1];
  return [speed === undefined ? null : Number(speed), width === undefined ? null : Number(width)];
};

const liveBelow = (view: View): Hit[] =>
  (view.live?.pfs ?? [])
    .filter(({ linkSpeed: { current, max } }) => current !== null && max !== null && below(current, max))
    .map(({ pci, linkSpeed }) => hit(pci, [`${pci}: ${linkSpeed.current}, can do ${linkSpeed.max}`]));

/** `8.0 GT/s PCIe x4` against `8.0 GT/s PCIe x8`. */
function below(current: string, max: string): boolean {
  const parts = (text: string) =>
    [/([\d.]+) GT/.exec(text)?.[1], /x(\d+)/.exec(text)?.[1]].map((n) => (n === undefined ? NaN : Number(n)));
  const [speed = NaN, width = NaN] = parts(current);
  const [maxSpeed = NaN, maxWidth = NaN] = parts(max);
  return (speed < maxSpeed && speed > 0) || (width < maxWidth && width > 0);
}

export const link: Family = {
  id: 'adapter.pcie-link',
  cause: 'pcie-link-degraded',
  fine: 'The PCIe links of the adapters run at full speed',
  looked: (view) =>
    (view.live?.pfs ?? []).flatMap(({ pci, linkSpeed: { current } }) =>
      current === null ? [] : [`${pci}: ${current}`],
    ),
  rules: [
    {
      id: 'link.degraded',
      cause: 'pcie-link-degraded',
      severity: always('warning'),
      when: (view) => [...limitedByLog(view), ...downgraded(view), ...liveBelow(view)],
      title: 'The PCIe link is slower than the adapter supports',
      explain:
        'The slot has fewer lanes or an older PCIe generation than the adapter, or the link trained down because of a bad contact or riser. VFs work, but share the reduced bandwidth.',
      fixes: [
        fix(
          'bios',
          "Use a slot with more lanes, reseat the card, and check the slot's speed in the BIOS setup",
          { needsReboot: true },
        ),
      ],
    },
  ],
};
