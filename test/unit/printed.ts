import { written } from '../../src/cli/shown/colors';
import * as inventory from '../../src/cli/shown/inventoryText';
import * as journal from '../../src/cli/shown/journalText';
import * as plan from '../../src/cli/shown/planText';
import type { Line } from '../../src/cli/shown/styled';
import { table } from '../../src/cli/shown/table';
import { vfRows } from '../../src/cli/shown/vfRows';

/** The texts of the command line as they are printed without colors. */
const printed =
  <Args extends unknown[]>(text: (...args: Args) => Line[]) =>
  (...args: Args): string =>
    written(text(...args), false);

export const inventoryText = printed(inventory.inventoryText);
export const journalText = printed(journal.journalText);
export const planText = printed(plan.planText);
export const vfTable = printed((...args: Parameters<typeof vfRows>) =>
  table(vfRows(...args), { columns: 100 }).flat(),
);
