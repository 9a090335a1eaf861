/**
 * The words that a server's report is made of. Made from server/caveat/model.py; do not edit, but run
 * caveat rules contract > extension/lib/contract.js
 */
export const CATEGORIES = /** @type {const} */ ([
  'mechanism',
  'dose',
  'interaction',
  'benefit',
  'reassurance',
  'caution',
]);
export const CERTAINTIES = /** @type {const} */ (['negated', 'attributed', 'hedged', 'asserted']);
export const STANCES = /** @type {const} */ (['states', 'denies', 'warns', 'advises', 'plays-down']);
export const SEVERITIES = /** @type {const} */ (['note', 'caution', 'warning']);
export const MARKS = /** @type {const} */ (['check', 'know', 'warns', 'none']);
export const LEVELS = /** @type {const} */ (['none', 'low', 'moderate', 'high']);
export const FACT_KINDS = /** @type {const} */ ([
  'interaction',
  'mechanism',
  'dose',
  'regulatory',
  'contraindication',
  'adverse',
  'evidence',
]);
export const FACT_SEVERITIES = /** @type {const} */ (['major', 'moderate', 'minor', 'unknown']);
export const EVIDENCE = /** @type {const} */ ([
  'regulator',
  'label',
  'review',
  'human_trial',
  'human_observational',
  'reference',
  'case_report',
  'animal',
  'in_vitro',
  'theoretical',
]);
export const TIERS = /** @type {const} */ (['primary', 'label', 'journal', 'reference', 'mirror']);
