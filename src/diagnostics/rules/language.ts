import { command } from '../command';
import { always, fix, hit, type Family } from '../rule';
import { foreignErrno } from '../view/foreignErrors';

/** A picture in Markdown or HTML, or the address of one. */
const picture = /!\[[^\]]{0,200}\]\([^)]{1,400}\)|<img\s|\bhttps?:\/\/\S+\.(?:png|jpe?g|gif|webp)\b/i;

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
        'Errors in several languages are recognized, most other messages are not. English messages allow a better diagnosis.',
      fixes: [
        fix('command', 'Run the failed command again in English, and paste the output', {
          commands: [command`LC_ALL=C ${'COMMAND'}`],
        }),
      ],
    },
    {
      id: 'language.picture',
      cause: 'other',
      severity: always('info'),
      when: (view) => {
        const lines = view.find(picture);
        return lines.length > 0 ? [hit('host', lines)] : [];
      },
      title: 'Pictures are not read',
      explain:
        'The text refers to a picture, such as a screenshot. Pictures are not read: type in the lines that matter.',
    },
  ],
};
