import { expect, test } from 'vitest';
import { diagnose } from '../../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../../src/diagnostics/parseEvidence';
import { lspciDevices } from '../../../../src/diagnostics/view/lspci';

const lshw = (head: string, product: string, pci: string, configuration: string) =>
  [
    `  ${head}`,
    '       description: Ethernet interface',
    `       product: ${product}`,
    '       vendor: Intel Corporation',
    `       bus info: pci@${pci}`,
    '       version: 02',
    `       configuration: ${configuration}`,
  ].join('\n');
const pf = lshw(
  '*-network:0',
  'Ethernet Controller X710 for 10GbE SFP+',
  '0000:3b:00.0',
  'broadcast=yes driver=i40e link=yes',
);
const vf = (driver: boolean) =>
  lshw(
    driver ? '*-network:1' : '*-network:1 UNCLAIMED',
    'Ethernet Virtual Function 700 Series',
    '0000:3b:02.0',
    driver ? 'driver=iavf' : 'latency=0',
  );

test('lshw, and a VF that nothing drives', () => {
  const read = parseEvidence(`$ sudo lshw -C network\n${pf}\n${vf(false)}\n`);
  expect(lspciDevices(read.lspci)).toMatchObject([
    { pci: '0000:3b:00.0', driver: 'i40e', isVf: false },
    { pci: '0000:3b:02.0', driver: null, isVf: true },
  ]);
  expect(diagnose(read).map(({ cause }) => cause)).toContain('vf-driver-missing');
});
test('lshw of a healthy host', () => {
  const read = parseEvidence(`$ sudo lshw -C network\n${pf}\n${vf(true)}\n`);
  expect(diagnose(read)).toEqual([]);
});

const xml = `<device>
  <name>pci_0000_3b_00_0</name>
  <driver>
    <name>i40e</name>
  </driver>
  <capability type='pci'>
    <class>0x020000</class>
    <product id='0x1572'>Ethernet Controller X710</product>
    <vendor id='0x8086'>Intel Corporation</vendor>
    <capability type='virt_functions' maxCount='64'/>
    <iommuGroup number='31'>
    </iommuGroup>
  </capability>
</device>`;
test.each([
  ['as it is', xml],
  ['from a web page', xml.replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
])('virsh nodedev-dumpxml, %s', (_, text) => {
  const read = parseEvidence(text);
  expect(lspciDevices(read.lspci)).toMatchObject([
    { pci: '0000:3b:00.0', driver: 'i40e', iommuGroup: 31, sriov: { totalVfs: 64 } },
  ]);
  expect(diagnose(read).filter(({ severity }) => severity !== 'pass')).toEqual([]);
});
