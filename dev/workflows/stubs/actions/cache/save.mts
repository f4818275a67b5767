import { saveEntry } from './store.mts';

saveEntry();
