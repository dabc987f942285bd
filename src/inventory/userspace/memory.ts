import type { HugePages, NodeCpus } from '../../model/userspace/hugePages';

/** From lines `…/hugepages-2048kB TOTAL FREE`; the folder says which node they are on. */
export const hugePagesOf = (body: string): HugePages[] =>
  [...body.matchAll(/^(\S+)\/hugepages-(\d+)kB (\d+) (\d+)$/gm)].map(([, folder = '', kb, total, free]) => ({
    node: nodeIn(folder),
    ...{ kb: Number(kb), total: Number(total), free: Number(free) },
  }));

const nodeIn = (folder: string): number | null => {
  const node = /\/node(\d+)\//.exec(folder)?.[1];
  return node === undefined ? null : Number(node);
};

/** From lines `NODE CPUS`; a node may have none. */
export const nodeCpusOf = (body: string): NodeCpus[] =>
  [...body.matchAll(/^(\d+) ([\d,-]+)$/gm)].map(([, node, cpus = '']) => ({ node: Number(node), cpus }));
