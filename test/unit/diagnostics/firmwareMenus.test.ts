import { expect, test } from 'vitest';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { evidence } from './data/evidence';

const shortage = 'ixgbe 0000:03:00.0: not enough MMIO resources for SR-IOV';
const summaries = (dmi: string) =>
  diagnose(evidence({ dmesg: [dmi, shortage] }))
    .filter(({ cause }) => cause === 'mmio-too-small')
    .flatMap(({ fixes }) => fixes.filter(({ kind }) => kind === 'bios').map(({ summary }) => summary));

test.each([
  ['DMI: Dell Inc. PowerEdge R740/0923K0, BIOS 2.8.1', /Integrated Devices > Memory Mapped I\/O above 4GB/],
  ['DMI: HPE ProLiant DL380 Gen10/ProLiant DL380 Gen10, BIOS U30', /Virtualization Options > SR-IOV/],
  ['DMI: Supermicro Super Server/X11DPU, BIOS 3.3', /Above 4G Decoding/],
  ['DMI: Lenovo ThinkSystem SR650/-[7X06CTO1WW]-, BIOS', /PCI 64-Bit Resource Allocation/],
])('%s: the menu of this vendor', (dmi, menu) => {
  expect(summaries(dmi).join(' ')).toMatch(menu);
});

test('of a machine that is not in the table only the name of the switch is said', () => {
  expect(summaries('DMI: Acme Board/1, BIOS 1').join(' ')).not.toContain('Here:');
});
