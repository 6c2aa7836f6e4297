import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// The clock, chance and the process are inputs of a pure stage, so that the same input gives the same plan.
const impureGlobals = [
  'Date',
  'process',
  'fetch',
  'performance',
  'crypto',
  'setTimeout',
  'setInterval',
  'setImmediate',
].map((name) => ({ name, message: 'src/core is pure: take what this would give you as an argument.' }));

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: one name for one thing, everywhere it is used.',
};

// By its namespace esbuild can leave out what is not used, which is four fifths of zod.
const noWholeZod = {
  selector:
    "ImportDeclaration[importKind!='type'][source.value='zod'] > :matches(ImportSpecifier, ImportDefaultSpecifier)",
  message:
    "import * as z from 'zod': any other form puts all of zod into the bundle, and every start pays for it.",
};

const noHiddenTest = ['it', 'test', 'describe'].flatMap((object) =>
  ['skip', 'only', 'todo'].map((property) => ({
    object,
    property,
    message: 'A test runs or does not exist. What a machine cannot run is decided in test/suites.ts.',
  })),
);

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'test/unit/fixtures/', 'test/golden/**/expected/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-console': 'error',
      'no-warning-comments': 'error',
      'no-restricted-syntax': ['error', noDefaultExport, noWholeZod],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src/**'],
    rules: {
      'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'exit',
          message: 'Return or throw: src/cli turns the end into an exit status.',
        },
        { object: 'process', property: 'stdout', message: 'Emit an event: only src/report prints.' },
        { object: 'process', property: 'stderr', message: 'Emit an event: only src/report prints.' },
      ],
    },
  },
  {
    files: ['src/report/**', 'src/cli/**'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['src/report/**', 'bin/**', 'scripts/**', 'test/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/core/**', 'src/controller/machine/**'],
    rules: {
      'no-restricted-globals': ['error', ...impureGlobals],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'src/core is pure: take the choice as an argument.' },
        ...['Date', 'process', 'fetch', 'performance', 'crypto'].map((property) => ({
          object: 'globalThis',
          property,
          message: 'src/core is pure: take what this would give you as an argument.',
        })),
      ],
    },
  },
  {
    files: ['src/commands/**'],
    rules: {
      'max-lines': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 4],
      // oclif finds a command by its module's default export.
      'no-restricted-syntax': [
        'error',
        noWholeZod,
        {
          selector: 'TryStatement',
          message: 'A command declares and delegates: src/cli/base-command.ts catches.',
        },
      ],
    },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      'no-restricted-properties': ['error', ...noHiddenTest],
    },
  },
  {
    // Loaded by tools that take a default export.
    files: ['*.config.*', 'test/outcome-reporter.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    ...tseslint.configs.disableTypeChecked,
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        require: 'readonly',
        module: 'writable',
        Buffer: 'readonly',
        __dirname: 'readonly',
      },
    },
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
  },
  {
    files: ['**/*.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
