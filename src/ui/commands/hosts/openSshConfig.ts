import type { Handler } from '../command';

export const openSshConfig: Handler = ({ hosts, openFile }) => openFile(hosts.configFile());
