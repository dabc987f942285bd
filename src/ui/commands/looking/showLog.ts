import type { Handler } from '../command';

export const showLog: Handler = ({ log }) => {
  log.show();
  return Promise.resolve();
};
