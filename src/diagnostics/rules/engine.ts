import { anyClient, anyOf, clients, engineNamed } from '../../model/engines';
import { command } from '../command';
import { always, fix, hit, hitsBySubject, whenNetdev, type Family, type Hit } from '../rule';
import type { View } from '../view/view';

const socket = `dial unix \\S*${anyClient}\\.sock: connect: `;
const unreachable = new RegExp(
  anyOf([
    ...clients.flatMap(({ client }) => client.notRunning),
    `${anyClient}(?:\\.service)?: (?:command not found|not found)`,
    `${socket}(?:connection refused|no such file)`,
  ]),
  'i',
);
const denied = new RegExp(
  anyOf([...clients.flatMap(({ client }) => client.denied), `${socket}permission denied`]),
  'i',
);

const of = (view: View, ...statuses: string[]): Hit[] =>
  (view.live?.engines ?? [])
    .filter(({ status }) => statuses.includes(status))
    .map(({ engine: name, status, detail }) =>
      hit(name, [`${name}: ${detail || status}`], { says: name, values: { ENGINE: name } }),
    );
const works = (view: View): boolean => of(view, 'ok').length > 0;
/** Engines that another user, or the host outside this container, may well reach. */
const hidden = (view: View): Hit[] =>
  of(
    view,
    'denied',
    ...(view.live?.isRoot ? [] : ['error']),
    ...(view.live?.insideContainer ? ['absent'] : []),
  );

const start = [
  fix('command', 'Install and start an engine', {
    commands: [command`apt-get install docker.io`, command`systemctl enable --now docker`],
  }),
];
const join = [
  fix('command', 'Add the user to the group of the engine, and log in again', {
    commands: [command`usermod -aG docker $USER`],
    risk: 'Members of this group are effectively root.',
  }),
];

export const engine: Family = {
  id: 'engine',
  cause: 'engine-unreachable',
  fine: 'A container engine is running',
  looked: (view) => of(view, 'ok').flatMap(({ evidence }) => evidence),
  rules: [
    {
      id: 'engine.unreachable',
      cause: 'engine-unreachable',
      severity: whenNetdev('error'),
      when: (view) => {
        if (!view.live) return hitsBySubject(view.find(unreachable));
        if (works(view) || hidden(view).length > 0 || view.live.engines.length === 0) return [];
        return [
          hit(
            'host',
            of(view, 'absent', 'not-running', 'error').flatMap(({ evidence }) => evidence),
          ),
        ];
      },
      title: 'No container engine is running',
      explain: `${clients.map(({ title }) => title).join(' and ')} are not installed or not running. VFs can only be attached to named network namespaces.`,
      fixes: start,
    },
    {
      id: 'engine.stopped',
      cause: 'engine-unreachable',
      severity: whenNetdev('warning'),
      when: (view) => (works(view) ? of(view, 'not-running') : []),
      title: ({ says }) => `${says ?? 'The engine'} is installed, but not running`,
      explain: 'Its containers are not listed.',
      fixes: [fix('command', 'Start it', { commands: [command`systemctl start ${'ENGINE'}`] })],
    },
    {
      id: 'engine.host-network',
      cause: 'other',
      severity: always('info'),
      when: (view) =>
        view
          .factsOf(/^containers on the host network$/)
          .map(({ line, value }) => hit('host', [line], { says: value })),
      title: ({ says }) => `On the host's own network: ${says ?? 'some containers'}`,
      explain:
        "They have no network namespace of their own (--network host), so nothing can be attached to them: they already see the host's VFs.",
    },
    {
      id: 'engine.only-seen',
      cause: 'other',
      severity: always('info'),
      when: (view) =>
        (view.live?.engines ?? []).flatMap(({ engine: name, status }) => {
          const seenBy = engineNamed(name)?.seenBy;
          return seenBy === undefined ? [] : [hit(name, [`${name}: ${status}`], { says: seenBy })];
        }),
      title: ({ subject, says }) =>
        `Containers of ${subject} are seen by ${says ?? 'what is on the host'} only`,
      explain:
        'The engine itself is not asked. Its running containers are listed, a pod as one, and VFs are attached to them by their network namespace; stopped ones are not listed, and root alone sees any.',
    },
    {
      id: 'engine.denied',
      cause: 'engine-unreachable',
      severity: whenNetdev('error'),
      when: (view) => (view.live ? [] : hitsBySubject(view.find(denied))),
      title: "You don't have permission to use the container engine",
      explain: 'Only root and members of its group may use it.',
      fixes: join,
    },
    {
      id: 'engine.denied-here',
      cause: 'engine-unreachable',
      severity: always('unknown'),
      when: (view) => (works(view) ? of(view, 'denied') : hidden(view)),
      title: ({ says }) => `The containers of ${says ?? 'the engine'} are not visible`,
      explain:
        'This user may not use it, or this is inside a container. On the host, its containers are visible to root and to members of its group.',
      fixes: join,
    },
  ],
};
