/** How the kernel reads an argument, if that isn't what was intended. */
export interface Misspelling {
  message: string;
  /** What was probably intended; empty: it can be removed. `null`: unknown. */
  instead: string | null;
  /** It has no effect, but does no harm. */
  harmless?: true;
}

/** The values that the kernel takes after `=`; lists of them are separated by commas. */
const values: Record<string, string[]> = {
  // drivers/iommu/intel/iommu.c, intel_iommu_setup
  intel_iommu: ['on', 'off', 'igfx_off', 'forcedac', 'strict', 'sp_off', 'sm_on', 'sm_off', 'tboot_noforce'],
  // drivers/iommu/amd/init.c, parse_amd_iommu_options
  amd_iommu: ['fullflush', 'off', 'force_enable', 'force_isolation', 'pgtbl_v1', 'pgtbl_v2', 'irtcachedis', 'nohugepages', 'v2_pgsizes_only'],
  // arch/x86/kernel/pci-dma.c, iommu_setup, and the GART's own
  iommu: ['off', 'force', 'noforce', 'biomerge', 'panic', 'nopanic', 'merge', 'nomerge', 'forcesac', 'allowdac', 'nodac', 'usedac', 'soft', 'pt', 'nopt', 'memaper', 'noagp', 'noaperture', 'fullflush', 'nofullflush', 'leak', 'calgary'],
}; // prettier-ignore

const meansOn = /^(?:on|1|y|yes|true|enabled?|force_on)$/i;
const meansOff = /^(?:off|0|n|no|false|disabled?)$/i;

/** Says what is wrong with an argument of this field; undefined for all others. */
export function misspelt(argument: string): Misspelling | undefined {
  const [, name = '', value] = /^([^=]*)(?:=(.*))?$/.exec(argument.replaceAll('"', '')) ?? [];
  // The kernel treats a dash as an underscore.
  const known = name.replaceAll('-', '_');
  if (known in values) return wrongValue(known, value);
  if (known === 'pci') return wrongPciOption(value ?? '');
  const near = Object.keys(values).find((other) => looksLike(known, other));
  return near === undefined
    ? undefined
    : {
        message: `The kernel has no argument "${name}"; did you mean "${near}"?`,
        instead: value === undefined ? near : `${near}=${value}`,
      };
}

function wrongValue(name: string, value: string | undefined): Misspelling | undefined {
  if (value === undefined || value === '')
    return {
      message: `"${name}" without a value is not a kernel argument: it is passed to init.`,
      instead: name === 'intel_iommu' ? 'intel_iommu=on' : null,
    };
  const wrong = value.split(',').filter((one) => !values[name]?.includes(one.split('=')[0] ?? ''));
  const [first] = wrong;
  if (first === undefined) return undefined;
  if (name === 'amd_iommu' && meansOn.test(first))
    return {
      message: "amd_iommu has no such value, as the kernel log says: AMD's IOMMU is on by default.",
      instead: '',
      harmless: true,
    };
  if (name === 'iommu' && meansOn.test(first))
    return {
      message: `"iommu=${first}" does nothing: Intel's IOMMU is turned on by intel_iommu=on, AMD's is on by default.`,
      instead: 'intel_iommu=on',
    };
  return {
    message: `${name} has no value "${first}"; the kernel ignores it.`,
    instead: insteadOf(name, first, value),
  };
}

function insteadOf(name: string, wrong: string, value: string): string | null {
  const right =
    values[name]?.find((one) => one === wrong.toLowerCase()) ??
    (meansOn.test(wrong) ? 'on' : meansOff.test(wrong) ? 'off' : /^pass/i.test(wrong) ? 'pt' : undefined) ??
    values[name]?.find((one) => looksLike(wrong, one));
  if (right === undefined || !values[name]?.includes(right)) return null;
  return `${name}=${value
    .split(',')
    .map((one) => (one === wrong ? right : one))
    .join(',')}`;
}

/** Two options of pci= are about SR-IOV; the others aren't judged. */
const pciOptions = ['assign-busses', 'realloc'];

function wrongPciOption(value: string): Misspelling | undefined {
  for (const one of value.split(',')) {
    const near = pciOptions.find((option) => one !== option && looksLike(one.split('=')[0] ?? '', option));
    if (near)
      return {
        message: `pci= has no option "${one}"; did you mean "${near}"?`,
        instead: `pci=${value.replace(one.split('=')[0] ?? one, near)}`,
      };
  }
  return undefined;
}

/** Up to two letters wrong, in a value long enough for that; not the value itself. */
const looksLike = (given: string, known: string): boolean => {
  const most = known.length >= 8 ? 2 : 1;
  const far = distance(given.toLowerCase(), known);
  return given !== known && given.length >= 4 && far <= most && !/^(?:noiommu|iommu_)$/.test(given);
};

/** Edit distance, a swap of neighbours being one. */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? 99;
  for (let i = 1; i <= a.length; i++) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : 99;
      rows[i]?.push(Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped));
    }
  }
  return at(a.length, b.length);
}
