import { filters, type Engine } from './engine';

export const podman = {
  name: 'podman',
  title: 'Podman',
  parent: 'conmon',
  client: {
    id: 'ID',
    sockets: ['/run/podman/podman.sock'],
    kept: true,
    pid: ['inspect', '--format', '{{.State.Pid}}'],
    events: [
      ...['events', '--filter', 'type=container'],
      ...filters('create', 'start', 'died', 'remove', 'rename', 'pause', 'unpause'),
    ],
    execs: true,
    notRunning: ['Cannot connect to Podman', 'unable to connect to Podman socket'],
    denied: [],
  },
} as const satisfies Engine;
