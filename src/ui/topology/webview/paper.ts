/** Ink on white paper, whatever the theme on the screen is. */
const ink: Record<string, string> = {
  'charts-blue': '#1a5fb4',
  'charts-green': '#26702c',
  'charts-orange': '#a04000',
  'charts-purple': '#6c2f9c',
  'charts-red': '#b01c1c',
  'charts-yellow': '#7a5c00',
  contrastBorder: '#666666',
  descriptionForeground: '#555555',
  'editor-background': '#ffffff',
  'editorWidget-background': '#ffffff',
  foreground: '#000000',
  'problemsWarningIcon-foreground': '#7a5c00',
};

/** How a saved picture is printed: as wide as the paper, in colours that can be read there. */
export const paper = ({ width, height }: { width: number; height: number }): string => {
  const colors = Object.entries(ink).map(([name, color]) => `--vscode-${name}:${color}`);
  const sheet = width > height ? '@page{size:landscape}' : '';
  // eslint-disable-next-line no-restricted-syntax -- A style, not a text.
  return `@media print{${sheet}:root{${colors.join(';')}}svg.topology{width:100%;height:auto;print-color-adjust:exact}}`;
};
