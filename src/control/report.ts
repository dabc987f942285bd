/** For those who may not import the rules; it needs none of them, and is there without them. */
export { toMarkdown } from '../diagnostics/report';
