import type { Vlan } from '../values';

/**
 * The VLANs that a VF may use tagged. The kernel has no such setting, and neither has `ip`. Drivers that vendors ship themselves have
 * it, as a file of the PF: Intel's i40e (`2,4-5,10-20`, kcompat_vfd.c) and NVIDIA's mlx5 (`Allowed 802.1Q VLANs: 2 4 5`, sriov_sysfs.c).
 */
export const trunk = {
  /** Below the folder of the PF. */
  file: (index: number) => `sriov/${index}/trunk`,
  read,
  says: (vlans: string) => `trunk VLANs ${vlans}`,
  fact: { label: 'Trunk VLANs' },
  /** PF drivers that answer EPERM to any VLAN, even to none, as long as a VF has these; the others give these up for it. */
  excludesVlan: ['mlx5_core'] as readonly string[],
};

/** What a file in sysfs holds at most; mlx5 cuts a longer list off. */
const page = 4095;

/** As ranges: `2,4-5,10-20`; undefined where there are none. i40e lists the VF's own VLAN as the only one, which is no trunk. */
function read(text: string | undefined, own: Vlan | null): string | undefined {
  const words = (text ?? '').replace(/^Allowed 802\.1Q VLANs:/, '').match(/[^\s,]+/g) ?? [];
  const isCut = (text?.length ?? 0) >= page;
  const ids = (isCut ? words.slice(0, -1) : words).flatMap(idsOf);
  if (ids.length === 0 || ids.includes(NaN) || (ids.length === 1 && ids[0] === own?.id)) return undefined;
  return [...rangesOf(ids), ...(isCut ? ['…'] : [])].join(',');
}

function idsOf(word: string): number[] {
  const [, from, to = from] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(word) ?? [];
  if (from === undefined || Number(to) > 4095) return [NaN];
  return Array.from({ length: Number(to) - Number(from) + 1 }, (_, more) => Number(from) + more);
}

const rangesOf = (ids: number[]): string[] =>
  ids
    .reduce<[number, number][]>((ranges, id) => {
      const [first, last] = ranges.at(-1) ?? [id, NaN];
      return last + 1 === id ? [...ranges.slice(0, -1), [first, id]] : [...ranges, [id, id]];
    }, [])
    .map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`));
