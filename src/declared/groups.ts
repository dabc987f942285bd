import { isDefault, rangeOf, type DeclaredAttachment, type VfGroup } from '../model/declared/declared';

/** Contradictions within one group of VFs. */
export function groupProblems(group: VfGroup): string[] {
  const { from, to } = rangeOf(group.vfRange);
  const { minTxRate: least = 0, maxTxRate: most = 0 } = group;
  const tagged = group.vlanQoS !== undefined || group.vlanProto !== undefined;
  return [
    ...(from > to ? [`vfRange ${group.vfRange} ends before it begins.`] : []),
    ...(tagged && !group.vlan ? ['vlanQoS and vlanProto require a vlan.'] : []),
    ...(group.deviceType === 'vfio-pci' && group.mtu !== undefined
      ? ['A VF that is bound to vfio-pci has no network device, so it has no mtu.']
      : []),
    ...(most > 0 && least > most ? [`minTxRate ${least} is above maxTxRate ${most}.`] : []),
  ];
}

/** Contradictions within one attachment. */
export function attachmentProblems({
  container,
  vf,
  mode,
  macvlanMode,
  interface: inside = {},
  routes = [],
  dhcp,
  lasting,
}: DeclaredAttachment): string[] {
  const defaults = routes.filter(isDefault);
  return [
    ...(container.label !== undefined && container.name === undefined && !lasting
      ? ['A label requires lasting: true.']
      : []),
    ...(mode === 'pf' && lasting
      ? ['Only a VF can be attached with lasting: true, not a whole adapter.']
      : []),
    ...(mode === 'macvlan' && lasting
      ? ['Only a VF can be attached with lasting: true, not a macvlan.']
      : []),
    ...(mode === 'pf' && typeof vf !== 'string' ? ['With mode: pf, name the adapter itself.'] : []),
    ...(mode === 'macvlan' && typeof vf !== 'string'
      ? ['With mode: macvlan, name the adapter or VF that it is on.']
      : []),
    ...(macvlanMode !== undefined && mode !== 'macvlan' ? ['macvlanMode requires mode: macvlan.'] : []),
    ...(macvlanMode === 'passthru' && inside.hardwareAddr !== undefined
      ? ['A macvlan in passthru mode has the MAC of the device that it is on.']
      : []),
    ...(defaults.length > 1 ? ['There can be only one default route.'] : []),
    ...(defaults.some(({ gateway }) => gateway === undefined) ? ['A default route needs a gateway.'] : []),
    ...(dhcp && inside.addresses?.some((address) => !address.includes(':'))
      ? ['With dhcp: true the IPv4 address comes from DHCP, not from addresses.']
      : []),
  ];
}
