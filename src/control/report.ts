/** For rooms that may not import the rules; it needs none of them, and is available without them. */
export { toMarkdown } from '../diagnostics/report';
