/// <reference lib="dom" />
/**
 * The workbench's address.
 *
 * @param {{ url: string }} server
 * @param {{ folder?: string, disableExtensions?: boolean }} [options]
 */
export function workbenchUrl(server, { folder, disableExtensions = false } = {}) {
  const url = new URL(server.url);
  if (folder) url.searchParams.set('folder', folder);
  else url.searchParams.set('ew', 'true');
  if (disableExtensions) url.searchParams.set('payload', JSON.stringify([['disableExtensions', 'true']]));
  return url.href;
}

/**
 * Makes the workbench load extensions under development and run their tests. A released VS Code ignores both in its
 * address, so they are added to the options that the server writes into its page, before the workbench reads them.
 *
 * @param {import('playwright-core').Page} page
 * @param {{ authority: string }} server
 * @param {string[]} extensions folders
 * @param {string} tests the module whose `run()` is called
 */
export async function setDevelopmentOptions(page, { authority }, extensions, tests) {
  /** @param {string} path */
  const uri = (path) => ({ scheme: 'vscode-remote', authority, path });
  const developmentOptions = { extensions: extensions.map(uri), extensionTestsPath: uri(tests) };

  await page.addInitScript((developmentOptions) => {
    if (window.top !== window) return;
    // The first change is to 'interactive': the page is parsed and no module has run.
    const addOptions = () => {
      const element = document.getElementById('vscode-workbench-web-configuration');
      if (!element) return;
      /** @type {{ developmentOptions?: object }} */
      const options = JSON.parse(element.getAttribute('data-settings') ?? '{}');
      options.developmentOptions = { ...options.developmentOptions, ...developmentOptions };
      element.setAttribute('data-settings', JSON.stringify(options));
    };
    document.addEventListener('readystatechange', addOptions, { once: true });
  }, developmentOptions);
}
