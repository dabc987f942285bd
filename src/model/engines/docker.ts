import type { Engine } from './engine';

export const docker = {
  name: 'docker',
  title: 'Docker',
  parent: 'containerd-shim',
  client: {
    id: 'Id',
    sockets: ['/run/docker.sock'],
    answers: true,
    pid: ['inspect', '--format', '{{.State.Pid}}'],
    execs: true,
    notRunning: ['Cannot connect to the Docker daemon', 'Is the docker daemon running'],
    denied: ['permission denied while trying to connect to the Docker'],
  },
} as const satisfies Engine;
