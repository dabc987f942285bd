import { expect, test } from 'vitest';
import { evidenceFile } from '../../../src/control/evidenceFile';
import { maskedText } from '../../../src/control/maskedText';
import { diagnose } from '../../../src/diagnostics/diagnose';
import { parseEvidence } from '../../../src/diagnostics/parseEvidence';
import { withPf } from '../diagnostics/data/evidence';
import { bareHost, container, pf } from '../hosts/host';

const base = bareHost();
const snapshot = bareHost({
  host: {
    ...base.host,
    id: 'jane@10.9.8.7',
    hostname: 'prod-7.acme.example',
    user: { name: 'jane', uid: 1000, isRoot: false },
  },
  pfs: [pf([])],
  containers: [container('payroll')],
});
const [payroll] = snapshot.containers;
const given = withPf(
  { driver: null },
  {
    cmdline: 'root=/dev/mapper/prod--7-root ip=10.9.8.7 intel_iommu=on',
    dmesg: [
      'Nov 22 17:03:28 prod-7 kernel: igb 0000:01:00.0 eth0: MAC: 90:e2:ba:01:02:03',
      `Nov 22 17:03:29 prod-7 kernel: eth1 of payroll (${payroll?.id.slice(0, 12)}): renamed by jane`,
    ],
  },
);

test('nothing in the file tells whose it is, and it reads like the host', () => {
  const { text, masked, kept } = evidenceFile(snapshot, given);
  expect(text).not.toMatch(/prod|acme|jane|payroll|90:e2|10\.9\.8\.7/);
  expect(text).not.toContain(payroll?.id.slice(0, 12));
  expect(text).toContain('igb 0000:01:00.0 eth0: MAC: 02:00:00:00:00:01');
  expect(JSON.parse(text)).toMatchObject({
    hardware: '82576 Gigabit Network Connection',
    evidence: { live: { hostname: 'host-1', pfs: [{ pci: '0000:01:00.0', vendorId: '0x8086' }] } },
  });
  expect(kept).toEqual([]);
  expect(masked).toMatchObject({ hosts: 1, users: 1, containers: 2, 'IPv4 addresses': 1 });
  expect(maskedText(masked)).toMatch(/^masked: hosts 1, /);
  expect(maskedText({})).toBe('nothing needed masking');
  expect(diagnose(parseEvidence(text)).map(({ id, subject }) => [id, subject])).toEqual(
    diagnose(given).map(({ id, subject }) => [id, subject]),
  );
});

test('a host that is reached by another port is masked by its name, and so is its user', () => {
  const id = 'ssh://joan@vault-9.acme.example:2222';
  const reached = { ...snapshot, host: { ...snapshot.host, id } };
  const log = 'Nov 22 17:03:28 x kernel: igb 0000:01:00.0: joan asked vault-9.acme.example';
  const { text } = evidenceFile(reached, withPf({ driver: null }, { dmesg: [log] }));
  expect(text).not.toMatch(/joan|vault|acme/);
});
