/** VS Code's own themes: their names in the settings and in the picker, and the classes that the workbench and the pages in it then carry. */
export const colorThemes = {
  light: { id: 'Light 2026', label: 'Light 2026', workbench: 'vs', page: 'vscode-light' },
  dark: { id: 'Dark 2026', label: 'Dark 2026', workbench: 'vs-dark', page: 'vscode-dark' },
  'high-contrast': {
    id: 'Default High Contrast',
    label: 'Dark High Contrast',
    workbench: 'hc-black',
    page: 'vscode-high-contrast',
  },
  'high-contrast-light': {
    id: 'Default High Contrast Light',
    label: 'Light High Contrast',
    workbench: 'hc-light',
    page: 'vscode-high-contrast-light',
  },
};

export type ColorTheme = keyof typeof colorThemes;
