/** The first page that a reader sees: three steps, and what is sent where. */
import { localise, t } from '../lib/i18n.js';

localise(document);
document.title = t('welcome_title');
