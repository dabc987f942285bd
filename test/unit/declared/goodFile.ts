/** A file with everything that can be in one. */
export const goodFile = `# the edge host
version: 1
host: lab
adapters:
  - nicSelector: {rootDevices: ["0000:01:00.0"], vendor: "8086"}
    numVfs: 4
    eSwitchMode: legacy
    vfGroups:
      - {vfRange: "0-1", resourceName: fast, deviceType: netdevice, mtu: 1500, vlan: 100, vlanQoS: 3, vlanProto: 802.1q}
      - vfRange: 2
        spoofChk: "on"
        trust: off
        linkState: auto
        minTxRate: 0
        maxTxRate: 500
      - {vfRange: "3", deviceType: vfio-pci}
attachments:
  - container: {engine: docker, name: fw}
    vf: "0000:01:00.0#2"
    interface: {name: eth1, addresses: ["10.0.0.1/24", "fd00::1/64"], mtu: 1400, hardwareAddr: "02:00:00:00:00:77"}
    routes: [{destination: 0.0.0.0/0, gateway: 10.0.0.254}, {destination: 192.0.2.0/24}]
  - container: {compose: {project: shop, service: web}}
    vf: {resourceName: fast}
    dhcp: true
    lasting: true
  - {container: {name: fw}, vf: "0000:01:00.0", mode: macvlan, macvlanMode: private}
`;
