import { filters, type Engine } from './engine';

export const docker = {
  name: 'docker',
  title: 'Docker',
  parent: 'containerd-shim',
  inContainerd: 'moby',
  client: {
    id: 'Id',
    sockets: ['/run/docker.sock'],
    answers: true,
    pid: ['inspect', '--format', '{{.State.Pid}}'],
    events: [
      ...['events', '--filter', 'type=container', '--filter', 'type=network'],
      ...filters('create', 'start', 'die', 'destroy', 'rename', 'pause', 'unpause', 'connect', 'disconnect'),
    ],
    execs: true,
    notRunning: ['Cannot connect to the Docker daemon', 'Is the docker daemon running'],
    denied: ['permission denied while trying to connect to the Docker'],
  },
} as const satisfies Engine;
