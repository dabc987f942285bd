/** A kernel command line, as tokens. A later token overrides an earlier one of the same name. */
export interface KernelArgs {
  /** Exactly as given, for quoting. */
  raw: string;
  tokens: string[];
  /** Values of the last token of that name, split at commas; `[]` for a bare name, `null` when it isn't there. */
  values(name: string): string[] | null;
  has(name: string, value: string): boolean;
  /** The token itself, for quoting. */
  token(name: string): string | undefined;
}

/** Arguments said to be absent, in a remark beside the command line. */
const denied = /\b(?:no|not|without|missing|lacks?)\b[^.;,)]{0,20}?\b([a-z][\w.]*_iommu|iommu)\b/gi;

export function kernelArgs(given: string): KernelArgs {
  const remarks = given.match(/\([^)]*\)/g)?.join(' ') ?? '';
  const bare = given.replace(/\([^)]*\)/g, ' ');
  const absent = new Set([...`${remarks} ${bare}`.matchAll(denied)].map((m) => m[1]?.toLowerCase()));
  const tokens = bare
    .split(/\s+/)
    .map((token) => token.replace(/^["'`*]+|["'`*,;]+$/g, ''))
    .filter((token) => token !== '' && !absent.has(token.split('=')[0]?.toLowerCase()));
  const token = (name: string) => tokens.findLast((t) => t === name || t.startsWith(`${name}=`));
  const values = (name: string) => {
    const found = token(name);
    if (found === undefined) return null;
    return found === name ? [] : found.slice(name.length + 1).split(',');
  };
  return { raw: given, tokens, token, values, has: (name, value) => values(name)?.includes(value) ?? false };
}

/** Arguments that affect SR-IOV and passthrough; others aren't compared. */
export const ours =
  /^(?:intel_iommu|amd_iommu|iommu|iommu\.\w+|pci|intremap|pcie_acs_override|vfio[\w.-]*|i915\.\w+|xe\.\w+|modprobe\.blacklist|module_blacklist|default_hugepagesz|hugepages\w*)(?:=|$)/;
