import type { Handler } from '../command';

export const openWalkthrough: Handler = ({ guide }) => guide.open();
