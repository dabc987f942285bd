export { lookForNames } from '../inventory/readSnapshot';
