import fc from 'fast-check';

/** What a container, a label, an interface or a log can be called by someone who means harm. No argument holds a NUL. */
const harm = fc.constantFrom(
  ...[
    '$(touch /tmp/pwned)',
    '`id`',
    '\'"\\',
    '-rf',
    '--',
    '\n@ outcome done\n',
    "'\\''",
    '${IFS}',
    '; reboot #',
    '%s%n',
  ],
  ...[
    '\u202e',
    '\u001b[2J',
    '</script><img src=x>',
    '$(icon)',
    '[a](command:x)',
    'END_OF_PLAN_id-1',
    '\n\n.',
    '| x',
    '*',
  ],
);

export const hostileText = fc
  .array(fc.oneof(harm, fc.string({ unit: 'binary', maxLength: 12 })), { minLength: 1, maxLength: 5 })
  .map((parts) => parts.join('').replaceAll('\0', ''))
  .filter((word) => word !== '' && word.isWellFormed());
