import { restoreEntry } from './store.mts';

restoreEntry();
