import type { Workbench } from './workbench';

/**
 * Looks at each frame that the page draws whether every row is there as it is now. Returns what ends that: how many frames there were,
 * and the rows that were missing in one.
 *
 * @param others labels of rows that may change
 */
export async function watchRows(
  { page }: Workbench,
  others: string[],
): Promise<() => Promise<{ frames: number; rows: string[] }>> {
  await page.evaluate(`
    (() => {
      const others = ${JSON.stringify(others)};
      const label = (row) => row.querySelector('.label-name')?.textContent ?? '';
      const rows = () => [...document.querySelectorAll('[role=treeitem]')].filter((row) => !others.includes(label(row)));
      const texts = () => rows().map((row) => row.textContent);
      const before = texts();
      const watch = (window.watchedRows = { isOver: false, frames: 0, rows: new Set() });
      const look = () => {
        const now = texts();
        for (const row of before) if (!now.includes(row)) watch.rows.add(row);
        watch.frames += 1;
        if (!watch.isOver) requestAnimationFrame(look);
      };
      look();
    })();
  `);
  return () =>
    page.evaluate(`
      (() => {
        const { frames, rows } = window.watchedRows;
        window.watchedRows.isOver = true;
        return { frames, rows: [...rows] };
      })();
    `);
}
