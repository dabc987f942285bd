/** What is said between a page and the extension. */

/** The page was loaded and shows what was last written for it; or a button of it was pressed. */
export type FromPage = { kind: 'loaded' } | { kind: 'press'; press: string; about?: string };

/** What the page is to show from now on: the markup of its `main`. */
export interface ToPage {
  kind: 'show';
  main: string;
}
