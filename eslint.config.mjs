import tseslint from 'typescript-eslint';

const scripts = ['{scripts,lab,test}/**/*.{mjs,cjs}', '*.mjs', '.*.mjs'];
const checked = ['src/**/*.ts', 'test/**/*.{ts,mts}', ...scripts];

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
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "MemberExpression[property.name='write'] > MemberExpression[property.name=/^std(out|err)$/]",
          message:
            'What a host says must not act on a terminal: print with the Printer of src/cli/printer.ts.',
        },
      ],
    },
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
