/** Captures and path checks; see whenNeeded.ts. */
export { capture, filterProblem } from './capture';
export { checkPath } from './checkPath';
