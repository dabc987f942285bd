import tseslint from 'typescript-eslint';

const scripts = ['{scripts,lab,test,bench}/**/*.{mjs,cjs}', '*.mjs', '.*.mjs'];
const checked = ['src/**/*.ts', 'test/**/*.{ts,mts}', ...scripts];

const printer = {
  selector: "MemberExpression[property.name='write'] > MemberExpression[property.name=/^std(out|err)$/]",
  message: 'What a host says must not act on a terminal: print with the Printer of src/cli/printer.ts.',
};

/** A text that the user sees is the first argument of `l10n.t`, in full and literally: only then can it be translated. */
const texts = (() => {
  const call = "CallExpression[callee.object.name='l10n'][callee.property.name='t']";
  const log = "CallExpression:matches([callee.object.name='log'], [callee.object.property.name='log'])";
  const outside = `:not(${call} > *, ${call} > ObjectExpression *, ${log} *, BinaryExpression > *, TSLiteralType > *)`;
  const places =
    'title|label|description|detail|placeholder|prompt|message|tooltip|spoken|reason|unavailable|none|verb|openLabel';
  const dialogs = 'tell|say|progress|warn|ask|pick|chooseFile|setStatusBarMessage|show[A-Z][a-z]+Message';
  const say = 'Write what the user sees as l10n.t(…).';
  const whole = 'Give l10n.t the whole text as one literal; what varies is an argument: {0}.';
  return [
    // Words with a space between them, and words that begin with a capital.
    [`Literal[value=/[a-z’] [a-z]/i]${outside}`, say],
    [`Literal[value=/^[A-Z][A-Za-z]+…?$/]${outside}`, say],
    [`TemplateElement[value.raw=/[a-z]{2} | [a-z]{2}/i]:not(${log} *)`, say],
    [`Property[computed=false] > Identifier.key[name=/^[A-Z][a-z]+$/]`, say],
    // A single word in lower case, where VS Code or a dialog takes a text.
    ...['', ':matches(ConditionalExpression, LogicalExpression) > '].flatMap((either) => [
      [
        `Property[key.name=/^(${places})$/] > ${either}Literal.value[value=/[a-z]/i][value!='SR-IOV']${outside}`,
        say,
      ],
      [
        `CallExpression[callee.property.name=/^(${dialogs})$/] > ${either}Literal[value=/[a-z]/i][value!=/^(info|warning|error)$/]`,
        say,
      ],
    ]),
    [`${call} > :first-child:not(Literal, ObjectExpression)`, whole],
    [`${call} > ObjectExpression > Property[key.name='message'][value.type!='Literal']`, whole],
  ].map(([selector = '', message = '']) => ({ selector, message }));
})();

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'test-output/', 'lab/.state/', '**/node_modules/'] },
  {
    files: checked,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      // Our interfaces are made of closures; none of them has a `this` to lose.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/ui/**', 'src/extension.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'vscode',
          message: 'vscode belongs in src/ui and src/extension.ts; pass what you need in from there.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/cli/printer.ts', 'src/cli/terminal.ts'],
    rules: { 'no-restricted-syntax': ['error', printer] },
  },
  {
    // What goes into the log stays English.
    files: ['src/ui/**/*.ts', 'src/extension.ts'],
    ignores: ['src/ui/hosts/logTransitions.ts'],
    rules: { 'no-restricted-syntax': ['error', printer, ...texts] },
  },
  {
    files: ['test/**/*.{ts,mts}'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'no-console': 'off' },
  },
  {
    files: scripts,
    rules: {
      'no-console': 'off',
      // In JSDoc the type of what JSON.parse or an event gives stands at the variable or the function.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
