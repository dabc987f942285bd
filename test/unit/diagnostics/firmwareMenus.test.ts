import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { evidence } from './data/evidence';

const shortage = 'ixgbe 0000:03:00.0: not enough MMIO resources for SR-IOV';
const summaries = (dmi: string) =>
  diagnose(evidence({ dmesg: [dmi, shortage] }))
    .filter(({ cause }) => cause === 'mmio-too-small')
    .flatMap(({ fixes }) => fixes.filter(({ kind }) => kind === 'bios').map(({ summary }) => summary));

test.each([
  ['DMI: Dell Inc. PowerEdge R740/0923K0, BIOS 2.8.1', /look for "Memory Mapped I\/O above 4GB"/],
  ['DMI: HPE ProLiant DL380 Gen10/ProLiant DL380 Gen10, BIOS U30', /Virtualization Options.*"SR-IOV"/],
  ['DMI: Supermicro Super Server/X11DPU, BIOS 3.3', /look for "Above 4G Decoding/],
  ['DMI: Lenovo ThinkSystem SR650/-[7X06CTO1WW]-, BIOS', /look for "PCI 64-Bit Resource Allocation"/],
  ['DMI: ASUS System Product Name/PRIME Z790-P, BIOS 1402', /PCI Subsystem Settings > Above 4G Decoding/],
  ['DMI: ASRockRack ROMED8-2T/ROMED8-2T, BIOS P3.90', /ASRock.*look for "Above 4G Decoding"/],
  ['DMI: Gigabyte Technology Co., Ltd. B650M DS3H/B650M DS3H, BIOS F4', /Settings > IO Ports > Above 4G/],
  ['DMI: Micro-Star International Co., Ltd. MS-7D25/PRO Z690-A, BIOS 1.90', /MSI.*look for "Above 4G/],
  ['DMI: Oracle Corporation ORACLE SERVER X8-2/ASM, BIOS 51', /PCI 64 Bit Resources Allocation/],
])('%s: the menu of this vendor, or the names in it', (dmi, menu) => {
  expect(summaries(dmi).join(' ')).toMatch(menu);
});

test('of a machine that is not in the table only the name of the switch is said', () => {
  expect(summaries('DMI: Acme Board/1, BIOS 1').join(' ')).not.toContain('Here:');
});
