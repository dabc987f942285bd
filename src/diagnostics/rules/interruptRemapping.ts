import { removeArg } from './bootloader';
import { fix, hit, said, whenPassedOn, type Family, type Rule } from '../rule';
import { iommuState } from '../view/iommuState';
import type { Line } from '../view/line';
import { quote, type View } from '../view/view';

const on = /Enabled (?:IRQ|Interrupt).?remapping|AMD-Vi: Interrupt remapping enabled/i;
const off =
  /This system BIOS has enabled interrupt remapping|interrupt remapping will be disabled|interrupt remapping is being disabled|Failed to enable (?:irq|Interrupt).?remapping|AMD-Vi: Disabling interrupt remapping|IOAPIC\[?\d*\]? not in IVRS|No southbridge IOAPIC found|Interrupt.?remapping (?:is |was )?(?:being )?disabled|vulnerable to irq-injection/i;
const refused =
  /No interrupt remapping support|No interrupt remapping for device|No MSI isolation|failed to set ?up container.*Operation not permitted|failed to set iommu for container: Operation not permitted|VFIO_SET_IOMMU.*(?:Operation not permitted|-1\b|errno 1\b)/i;

/** The last message of the boot on interrupt remapping. */
const lastMessage = (view: View): { on: boolean; lines: Line[] } | null => {
  const lines = view.find(new RegExp(`${on.source}|${off.source}`, 'i'));
  const last = lines.at(-1);
  if (!last) {
    const withoutX2apic = view.find(/IRQ remapping doesn'?t support X2APIC/i);
    // Where the IOMMU itself is off, that is why.
    return withoutX2apic.length > 0 && iommuState(view).state === 'unknown'
      ? { on: false, lines: withoutX2apic }
      : null;
  }
  const isOn = on.test(last.text);
  return { on: isOn, lines: lines.filter((line) => on.test(line.text) === isOn) };
};

const explanation =
  'Without interrupt remapping a guest could inject interrupts into the host, so vfio refuses to assign devices. A VF in a container does not need it.';
const fixes = [
  fix('bios', 'Update the BIOS; enable x2APIC / interrupt remapping if the setup has it'),
  fix(
    'kernel-args',
    'As a last resort, allow vfio to work without it: vfio_iommu_type1.allow_unsafe_interrupts=1',
    {
      risk: 'A guest that controls the device can inject interrupts into the host.',
      change: { kind: 'kernel-args', add: ['vfio_iommu_type1.allow_unsafe_interrupts=1'], remove: [] },
    },
  ),
];
const common: Pick<Rule, 'cause' | 'severity' | 'explain' | 'fixes'> = {
  ...{ cause: 'interrupt-remapping-missing', severity: whenPassedOn('error'), explain: explanation, fixes },
};

export const interruptRemapping: Family = {
  id: 'iommu.interrupt-remapping',
  cause: 'interrupt-remapping-missing',
  fine: 'Interrupt remapping is on',
  looked: (view) => {
    const message = lastMessage(view);
    return message?.on ? quote(message.lines, 2) : [];
  },
  rules: [
    {
      ...common,
      id: 'intremap.off',
      when: (view) => {
        const message = lastMessage(view);
        return message && !message.on && !view.args?.has('intremap', 'off')
          ? [hit('host', message.lines)]
          : [];
      },
      title: 'Interrupt remapping is off',
    },
    {
      ...common,
      id: 'intremap.refused',
      when: said(refused),
      title: 'vfio refuses to work without interrupt remapping',
      yieldsTo: ['rmrr-locked'],
    },
    {
      ...common,
      id: 'intremap.turned-off',
      when: (view) => {
        const token = view.args?.tokens.find((t) => t === 'nointremap' || t === 'intremap=off');
        if (token === undefined || iommuState(view).state === 'off') return [];
        return [hit('host', [token])];
      },
      title: 'Interrupt remapping is disabled by a kernel argument',
      fixes: (_, view) => [removeArg(view, view.args?.token('intremap') ?? 'intremap')],
    },
    {
      ...common,
      id: 'intremap.unsafe-override',
      severity: whenPassedOn('info'),
      when: (view) => {
        const token = view.args?.tokens.find((t) => /allow_unsafe_interrupts=(?:1|[Yy]|on)/.test(t));
        return token === undefined ? [] : [hit('host', [token])];
      },
      title: 'vfio is configured to work without interrupt remapping',
      explain:
        'allow_unsafe_interrupts accepts any platform. With interrupt remapping it has no effect and can be removed; without it, a guest can inject interrupts.',
    },
  ],
};
