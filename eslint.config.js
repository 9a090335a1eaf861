import js from '@eslint/js';
import noUnsanitized from 'eslint-plugin-no-unsanitized';
import globals from 'globals';

export default [
  js.configs.recommended,
  noUnsanitized.configs.recommended,
  { languageOptions: { globals: { ...globals.browser, ...globals.webextensions } } },
  {
    files: ['extension/content/**'],
    languageOptions: { sourceType: 'script', globals: { caveat: 'readonly' } },
  },
];
