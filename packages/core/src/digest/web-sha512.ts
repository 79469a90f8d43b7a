import { sha384, sha512 } from '@noble/hashes/sha2.js';
import { fromNoble } from './noble.ts';
import { provideHash } from './web.ts';

// Importing this file makes SHA-512, and SHA-384 which is cut from it, available behind the web door. It is as large as the other hash functions together
// and no built-in scheme signs with it, so nobody carries it who does not ask for it. Node's door has it anyway.
provideHash('sha512', fromNoble(sha512));
provideHash('sha384', fromNoble(sha384));
