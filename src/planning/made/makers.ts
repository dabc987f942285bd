import type { PhysicalFunction } from '../../model/functions';
import type { MadeIntent } from '../../model/lasting/made';
import { refuse, type Refusal } from '../../model/plan';
import type { HostSnapshot } from '../../model/snapshot';
import { inTheirWords, type Maker } from './inTheirWords';

/** Finds what already creates the VFs of an adapter at boot, by its files: there must never be two. */
export function madeByOthers(
  { makers, pfs }: Pick<HostSnapshot, 'makers' | 'pfs'>,
  pf: PhysicalFunction,
): { maker: Maker; path: string; line: string } | undefined {
  for (const { path, lines } of makers) {
    const own = lines.filter((text) => !/^\s*[#;]/.test(text));
    const maker = inTheirWords.find((one) => one.files.test(path));
    const said = own.filter((text) => creating.test(text));
    if (maker === undefined || said.length === 0) continue;
    const line = said.find((one) => isAbout(maker.about(own, one), pf, pfs));
    if (line !== undefined) return { maker, path, line: line.trim() };
  }
  return undefined;
}

/** Matches a number of VFs in such a file. */
const creating =
  /sriov[-_]num[-_]?vfs|SR-IOVVirtualFunctions\s*=|^\s*total-vfs\s*=|virtual-function-count\s*:|\bmax_vfs=|numVfs/i;

/** A text refers to an adapter by name, address or MAC; else by driver; if it says none of that, it may be any. */
function isAbout(text: string, pf: PhysicalFunction, pfs: PhysicalFunction[]): boolean {
  const itself = ({ pci, name, mac, permanentMac }: PhysicalFunction) =>
    mentions(text, [pci, name, mac, permanentMac]);
  const byDriver = ({ driver }: PhysicalFunction) => mentions(text, [driver]);
  const way = [itself, byDriver].find((one) => pfs.some(one));
  return way === undefined || way(pf);
}

const mentions = (text: string, words: (string | null | undefined)[]): boolean =>
  words.some(
    (word) =>
      word !== null &&
      word !== undefined &&
      new RegExp(
        `(?<![\\w.:-])(?:pci-)?${word.replace(/[.*+?^$|()[\]{}\\]/g, '\\$&')}(?![\\w.:-])`,
        'i',
      ).test(text),
  );

export function notOurs(
  snapshot: HostSnapshot,
  pf: PhysicalFunction,
  intent: MadeIntent,
): Refusal | undefined {
  const found = madeByOthers(snapshot, pf);
  if (!found) return undefined;
  const { maker, path, line } = found;
  const label = pf.name ?? pf.pci;
  return refuse(
    'in-use',
    `${maker.name} creates the VFs of ${label} at boot (${path}: ${line}), and two that do would conflict. ${maker.instead(label, intent, path)}`,
  );
}
