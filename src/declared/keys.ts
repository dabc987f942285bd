/**
 * What each key of `sriov.yaml` says: shown by editors beside the key, and as the table of docs/declared.md. `[]` is whichever of a list.
 */
export const keys: Record<string, string> = {
  version: 'The format of this file: `1`',
  host: 'The name of the only host that this file is for; absent: any',
  onHolders: '`detach`: VFs may be taken from containers that the file doesn’t mention, too',
  adapters: 'Adapters, and the VFs that each has; absent: none is managed',

  'adapters[].nicSelector':
    'Which adapters: those for which all of it is true. A name alone is a warning, since names change',
  'adapters[].nicSelector.rootDevices': 'PCI addresses',
  'adapters[].nicSelector.rootDevices[]': 'A PCI address, such as `0000:3b:00.0`',
  'adapters[].nicSelector.pfNames': 'Names of their network devices',
  'adapters[].nicSelector.pfNames[]': 'A name, such as `ens3f0`',
  'adapters[].nicSelector.vendor': 'As in `lspci -n`: `8086`',
  'adapters[].nicSelector.deviceID': 'As in `lspci -n`: `1572`',
  'adapters[].numVfs': 'How many VFs it has',
  'adapters[].eSwitchMode': '`legacy` or `switchdev`; it is checked, not changed',
  'adapters[].vfGroups': 'What its VFs have; those in no group are not managed',

  'adapters[].vfGroups[].vfRange': 'Which VFs, by index: `"3"` or `"0-3"`',
  'adapters[].vfGroups[].resourceName': 'A name for the group, by which attachments take any free VF of it',
  'adapters[].vfGroups[].deviceType':
    '`netdevice`: a network driver; `vfio-pci`: for virtual machines and DPDK',
  'adapters[].vfGroups[].mtu': 'MTU; that of an attached VF is its interface’s',
  'adapters[].vfGroups[].vlan': 'VLAN, 1 to 4094; 0: none',
  'adapters[].vfGroups[].vlanQoS': 'Priority in that VLAN, 0 to 7',
  'adapters[].vfGroups[].vlanProto': '`802.1q` or `802.1ad`',
  'adapters[].vfGroups[].spoofChk':
    'Whether the adapter drops what has another MAC than the VF’s: `on` or `off`, with or without quotes, or a boolean',
  'adapters[].vfGroups[].trust': 'Whether the VF may change its MAC and receive all traffic: as `spoofChk`',
  'adapters[].vfGroups[].linkState': '`auto`: as the adapter’s; `enable`; `disable`',
  'adapters[].vfGroups[].minTxRate': 'Mbit/s that it gets at least; 0: no limit',
  'adapters[].vfGroups[].maxTxRate': 'Mbit/s that it gets at most; 0: no limit',

  attachments:
    'All attachments to the containers that are mentioned. Absent: none is managed; `[]`: no VF of these adapters is attached',
  'attachments[].container': 'Which container: by one of `name`, `compose` and `label`',
  'attachments[].container.engine': 'Whose container it is; `netns`: a named network namespace',
  'attachments[].container.name': 'Its name',
  'attachments[].container.compose': 'The service of a compose project',
  'attachments[].container.compose.project': 'Name of the project',
  'attachments[].container.compose.service': 'Name of the service',
  'attachments[].container.label': '`KEY=VALUE`; for one that lasts',
  'attachments[].vf':
    'A PCI address or `PF#INDEX`; `{resourceName: NAME}`: a free VF of that group, chosen once; with `mode: pf` the adapter itself, with `mode: macvlan` the adapter or VF that it is on',
  'attachments[].vf.resourceName': 'The group whose free VFs are meant',
  'attachments[].mode': '`vf` (default), `pf` for a whole adapter, or `macvlan` for one on either',
  'attachments[].macvlanMode': '`bridge` (default), `private`, `vepa` or `passthru`',
  'attachments[].interface': 'The interface inside',
  'attachments[].interface.name': 'Its name; absent: as on the host',
  'attachments[].interface.addresses':
    'Its addresses; of IPv4 the whole list. IPv6 may have more, since routers give it',
  'attachments[].interface.addresses[]': 'An address with its prefix length, such as `10.0.0.1/24`',
  'attachments[].interface.mtu': 'Its MTU',
  'attachments[].interface.hardwareAddr': 'Its MAC',
  'attachments[].routes': 'Its routes; of IPv4 the whole list',
  'attachments[].routes[].destination':
    'A network, such as `10.9.0.0/16`; `0.0.0.0/0` or `::/0` is the default route',
  'attachments[].routes[].gateway': 'By which gateway; absent: directly',
  'attachments[].dhcp': 'Whether its IPv4 address comes by DHCP',
  'attachments[].lasting':
    'Whether it lasts: whenever the container runs. Then the container need not exist yet',
};

/** The table of docs/declared.md: all keys but the elements of lists that say no more than their list. */
export const keyTable = (): string =>
  [
    '| key | says |',
    '|---|---|',
    ...Object.entries(keys)
      .filter(([key]) => !key.endsWith('[]'))
      .map(([key, says]) => `| \`${key}\` | ${says} |`),
  ].join('\n');
