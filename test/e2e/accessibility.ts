import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Axe from 'axe-core';
import { colorThemes } from './colorThemes';
import type { Workbench } from './workbench';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What keeps people from using the page that is on top, by axe's serious and critical rules, in each theme.
 *
 * @param picture what the pictures of it are called, if any are taken
 */
export async function barriersInAllThemes(workbench: Workbench, picture?: string): Promise<string[]> {
  const all: string[] = [];
  await workbench.inAllThemes(async (theme) => {
    await workbench.webview.locator(`body.${colorThemes[theme].page}`).waitFor();
    all.push(...(await barriers(workbench)).map((one) => `${theme}: ${one}`));
    // What the mouse came across on its way has faded by now.
    if (picture !== undefined) await workbench.shot(picture);
  });
  return all;
}

async function barriers({ webview }: Workbench): Promise<string[]> {
  const { violations, passes } = await webview.locator('html').evaluate(inPage, axe);
  if (!passes.some(({ id }) => id === 'color-contrast')) throw new Error('axe judged no color');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) => `${id}: ${html} ${failureSummary}`),
    );
}

/** Runs in the page. Its policy lets no script in, but what the tester's own call evaluates is not of the page. */
async function inPage(_root: unknown, source: string): Promise<Axe.AxeResults> {
  const page = globalThis as { axe?: typeof Axe; eval: (text: string) => unknown };
  if (!page.axe) page.eval(source);
  if (!page.axe) throw new Error('axe did not load');
  return page.axe.run({ iframes: false });
}
