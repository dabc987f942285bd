import type { HostSnapshot } from '../../../src/model/snapshot';

/**
 * A snapshot as data to be read: one line for each PF, VF, container and device. What is `null`, empty or the host's own is left
 * out; settings that a VF has of a new one are not.
 */
export function shown({ pfs, containers, links, problems, attachments, engines }: HostSnapshot): string {
  const parts = {
    pfs: pfs.flatMap(({ vfs, ...pf }) => [pf, ...vfs]),
    containers,
    links: links.filter(({ name }) => name !== 'lo'),
    problems,
    attachments,
    engines,
  };
  const blocks = Object.entries(parts).map(
    ([name, list]) => `"${name}": [\n${list.map((one) => `  ${JSON.stringify(known(one))}`).join(',\n')}\n]`,
  );
  return `{\n${blocks.join(',\n')}\n}\n`;
}

function known(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, one]): [string, unknown] => [key, known(one)])
      .filter(([, one]) => !isNothing(one)),
  );
}

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0);
