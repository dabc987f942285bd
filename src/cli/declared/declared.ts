/** Commands about files that declare a host; see runs.ts. */
export { adopt } from './adopt';
export { apply } from './apply';
export { exportDeclared } from './export';
export { drift, plan } from './plan';
export { validate } from './validate';
