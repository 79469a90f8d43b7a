import { sha1 } from '@noble/hashes/legacy.js';
import { fromNoble } from './noble.ts';
import { provideHash } from './web.ts';

provideHash('sha1', fromNoble(sha1));
