import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const CANDIDATES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * Starts a headless Chromium that reaches this machine and no other.
 *
 * @param {import('./run-folder.mjs').RunFolder} folder
 * @param {{ width: number, height: number }} [viewport]
 * @returns {Promise<{ page: import('playwright-core').Page, close: () => Promise<void> }>}
 */
export async function startBrowser(folder, viewport = { width: 1280, height: 800 }) {
  const executablePath = process.env.CHROMIUM_PATH ?? CANDIDATES.find(existsSync);
  if (!executablePath) throw new Error('No Chromium: run `npm run setup`, or set CHROMIUM_PATH.');
  const context = await chromium.launchPersistentContext(folder.browserProfile, {
    executablePath,
    artifactsDir: folder.env.TMPDIR,
    viewport,
    locale: 'en-US',
    args: ['--disable-gpu', '--disable-quic', '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
    env: { ...process.env, ...folder.env },
    permissions: ['clipboard-read', 'clipboard-write'],
    // The caller stops everything in its own order.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const close = async () => {
    // Leaving the workbench, unlike losing it, makes the extension host stop at once and extensions clean up.
    await page.goto('about:blank').catch(() => {});
    await context.close();
  };
  return { page, close };
}
