import type { Picture } from '../messages';

/** What the picture shows, as rows: an adapter, its VF, who has it, as what, and how that is. */
export function rowsOf({ nodes, links }: Picture): { node: string; cells: string[] }[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const used = links.filter(({ kind }) => kind !== 'bus');
  const rows = used.map(({ from, to, name, state, vlan, rate, how }) => {
    const [source, user] = [byId.get(from), byId.get(to)];
    const adapter = source?.of === undefined ? source : byId.get(source.of);
    const vf = source?.of === undefined ? how : [source.label, how].filter(Boolean).join(' · ');
    return {
      node: from,
      cells: [adapter?.label, vf, user?.label, name, state, vlan, rate, user?.reaches],
    };
  });
  const linked = new Set(used.flatMap(({ from, to }) => [from, to]));
  const parents = new Set(nodes.flatMap(({ of }) => of ?? []));
  const others = nodes.filter(({ id, layer }) => layer > 0 && !linked.has(id) && !parents.has(id));
  const alone = others.map(({ id, layer, label, detail, of }) => ({
    node: id,
    cells: [
      ...[layer === 1 ? label : of === undefined ? '' : byId.get(of)?.label],
      ...[layer === 2 ? label : '', layer === 3 ? label : '', '', detail, '', '', ''],
    ],
  }));
  const place = new Map(nodes.map(({ id }, at) => [id, at]));
  return [...rows, ...alone]
    .sort((a, b) => (place.get(a.node) ?? 0) - (place.get(b.node) ?? 0))
    .map(({ node, cells }) => ({ node, cells: cells.map((one) => one ?? '') }));
}

/** Writes the rows; one that is there already as it is stays. */
export function fillTable(body: HTMLTableSectionElement, picture: Picture): void {
  const before = [...body.rows];
  const after = rowsOf(picture).map(({ node, cells }, at) => {
    const sign = JSON.stringify([node, cells]);
    const known = before[at];
    if (known?.dataset['sign'] === sign) return known;
    const row = document.createElement('tr');
    row.dataset['sign'] = sign;
    cells.forEach((text, column) => {
      const cell = document.createElement(column === 0 ? 'th' : 'td');
      if (column === 0) cell.setAttribute('scope', 'row');
      cell.textContent = text;
      row.append(cell);
    });
    return row;
  });
  if (after.length !== before.length || after.some((row, at) => row !== before[at]))
    body.replaceChildren(...after);
}
