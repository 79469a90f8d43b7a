import { md5 } from '@noble/hashes/legacy.js';
import { fromNoble } from './noble.ts';
import { provideHash } from './web.ts';

provideHash('md5', fromNoble(md5));
