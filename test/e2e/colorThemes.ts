/** VS Code's own themes: their names in the settings and in the picker, and the class that the workbench then carries. */
export const colorThemes = {
  light: { id: 'Light 2026', label: 'Light 2026', workbench: 'vs' },
  dark: { id: 'Dark 2026', label: 'Dark 2026', workbench: 'vs-dark' },
  'high-contrast': { id: 'Default High Contrast', label: 'Dark High Contrast', workbench: 'hc-black' },
  'high-contrast-light': {
    id: 'Default High Contrast Light',
    label: 'Light High Contrast',
    workbench: 'hc-light',
  },
};

export type ColorTheme = keyof typeof colorThemes;
