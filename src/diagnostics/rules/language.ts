import { command } from '../command';
import { always, fix, hit, type Family } from '../rule';
import { foreignErrno } from '../view/foreignErrors';

export const language: Family = {
  id: 'evidence.language',
  cause: 'other',
  fine: 'All messages are in English',
  looked: () => [],
  rules: [
    {
      id: 'language.not-english',
      cause: 'other',
      severity: always('info'),
      when: (view) => {
        const lines = view.said.filter(({ text }) => foreignErrno(text) !== null);
        return lines.length > 0 ? [hit('host', lines)] : [];
      },
      title: 'Some messages are not in English',
      explain:
        'The errors of several languages are understood, most other sentences are not: with the messages as they are in English, more can be said.',
      fixes: [
        fix('command', 'Run what failed again in English, and paste that', {
          commands: [command`LC_ALL=C ${'COMMAND'}`],
        }),
      ],
    },
  ],
};
