import type { AttachmentRecord } from '../../model/attachment';
import type { Container } from '../../model/container';
import type { PhysicalFunction, VirtualFunction } from '../../model/functions';
import type { Intent } from '../../model/lasting/kept';
import { late, lateNumber } from '../../model/lasting/late';
import { isRefusal, type Plan, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { planAttach } from '../attachments/planAttach';
import { planRestore } from '../attachments/planRestore';

interface Kept {
  pf: PhysicalFunction;
  /** As it is on the host while nobody has it. */
  vf: VirtualFunction;
  /** The container as it is now, if there is one. */
  container: Container | undefined;
  intent: Intent;
}

/**
 * What the program of an intent does, by the planners of any attachment: they are shown the host as it will be then, with late
 * words for what only that host will know.
 */
export function laterPlans(snapshot: HostSnapshot, kept: Kept): { attach: Plan; giveBack: Plan } | Refusal {
  const { intent, vf } = kept;
  const attach = planAttach(
    asItWillBe(snapshot, kept, { ...vf, mac: vf.mac && late('mac'), adminMac: ownOrEnforced(vf) }),
    {
      ...intent.settings,
      ...{ kind: 'attach', vf: vf.pci, container: late('container'), name: intent.inside },
    },
    true,
  );
  if (isRefusal(attach)) return attach;
  const record = recordOf(attach);
  const giveBack = planRestore(asItWillBe(snapshot, kept, cameBack(kept, record)), record);
  return isRefusal(giveBack) ? giveBack : { attach, giveBack };
}

/** A PF shows the VF's own MAC where it enforces none. */
const ownOrEnforced = ({ mac, adminMac }: VirtualFunction): string | null =>
  mac !== null && adminMac === mac ? late('mac') : adminMac;

/** As the kernel gives it back when the container has ended: under any name, down, and with what the attachment set. */
function cameBack({ vf, intent }: Kept, { before }: AttachmentRecord): VirtualFunction {
  const { mac, mtu, vlan, trust } = intent.settings;
  return {
    ...vf,
    ...{ name: late('device'), up: false, addresses: [], altnames: vf.altnames },
    mac: mac ?? before.mac,
    mtu: mtu ?? vf.mtu,
    vlan: vlan === undefined ? vf.vlan : { id: vlan, qos: 0, proto: '802.1Q' },
    trust: trust ?? vf.trust,
  };
}

function asItWillBe(
  snapshot: HostSnapshot,
  { pf, container, intent }: Kept,
  vf: VirtualFunction,
): HostSnapshot {
  const others = snapshot.containers.filter((one) => one !== container);
  return {
    ...snapshot,
    takenAt: late('now'),
    host: { ...snapshot.host, bootId: late('boot') },
    pfs: snapshot.pfs.map((one) =>
      one.pci === pf.pci
        ? { ...pf, up: true, vfs: pf.vfs.map((other) => (other.pci === vf.pci ? vf : other)) }
        : one,
    ),
    containers: [...others, containerThen(intent, container)],
    attachments: snapshot.attachments.filter((one) => one.vf !== vf.pci),
    kept: [],
  };
}

/** Its own interfaces and routes are seen by nobody yet, and nothing can be run in one that doesn't run. */
const containerThen = ({ engine, container, trigger }: Intent, now: Container | undefined): Container => ({
  id: late('container'),
  name: 'name' in container ? container.name : late('container_name'),
  image: null,
  ...{ engine, state: 'running', networkMode: null },
  ...{ pid: lateNumber('pid'), netnsInode: lateNumber('inode') },
  ...(now?.dhcpClient === undefined || trigger === 'cdi' ? {} : { dhcpClient: now.dhcpClient }),
  ...{ interfaces: [], routes: [] },
});

/** What attaching writes down before it changes anything. */
function recordOf({ steps }: Plan): AttachmentRecord {
  const [, , json = ''] = steps.find(({ apply }) => apply[0] === 'save_record')?.apply ?? [];
  return JSON.parse(json) as AttachmentRecord;
}
