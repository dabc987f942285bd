/** A file with adapters and attachments of every kind, for what writes it in other words. */
export const manyThings = `version: 1
onHolders: detach
adapters:
  - nicSelector: {rootDevices: ["0000:01:00.0"], pfNames: [enp1s0], vendor: "0x8086", deviceID: 10C9}
    numVfs: 4
    eSwitchMode: legacy
    vfGroups:
      - {vfRange: "0-1", resourceName: fast, deviceType: netdevice, mtu: 1500, vlan: 100, vlanQoS: 3, vlanProto: 802.1ad}
      - {vfRange: 2, spoofChk: "on", trust: off, linkState: enable, minTxRate: 100, maxTxRate: 0}
      - {vfRange: "3", deviceType: vfio-pci, vlan: 0}
  - nicSelector: {rootDevices: ["0000:02:00.0"]}
    numVfs: 2
    vfGroups: [{vfRange: "0-1", resourceName: slow-lane, deviceType: netdevice, vlan: 0, maxTxRate: 500, linkState: auto}]
  - {nicSelector: {rootDevices: ["0000:03:00.0"]}, numVfs: 0}
  - {nicSelector: {pfNames: [enp4s0]}, vfGroups: [{vfRange: "0", mtu: 9000, spoofChk: off}]}
  - {nicSelector: {vendor: "15b3", deviceID: "1018"}, numVfs: 8, eSwitchMode: switchdev}
  - {nicSelector: {rootDevices: ["0000:05:00.0", "0000:05:00.1"]}, numVfs: 3}
attachments:
  - container: {engine: docker, name: fw}
    vf: "0000:01:00.0#2"
    interface: {name: eth1, addresses: ["10.0.0.1/24", "fd00::1/64"], mtu: 1400, hardwareAddr: "02:00:00:00:00:77"}
    routes: [{destination: 0.0.0.0/0, gateway: 10.0.0.254}, {destination: 192.0.2.0/24}]
  - {container: {engine: docker, name: fw}, vf: "0000:02:00.0#0", interface: {name: eth2}, lasting: true}
  - {container: {engine: podman, name: fw}, vf: "0000:02:00.0#1", interface: {name: eth3}, dhcp: true, lasting: true}
  - {container: {engine: podman, name: fw}, vf: "enp4s0#0", interface: {name: eth1}, lasting: true}
  - {container: {compose: {project: shop, service: web}}, vf: "enp1s0#0", interface: {name: eth1}, lasting: true}
  - {container: {compose: {project: shop, service: db}}, vf: {resourceName: fast}, lasting: true}
  - {container: {label: role=edge}, vf: "0000:05:00.0#0", interface: {name: eth1}, lasting: true}
  - {container: {engine: netns, name: blue}, vf: "0000:05:00.0#1", interface: {name: eth1, addresses: []}}
  - {container: {name: router}, vf: "0000:05:00.1", mode: pf}
  - {container: {name: lb}, vf: "0000:05:00.1#0"}
`;
