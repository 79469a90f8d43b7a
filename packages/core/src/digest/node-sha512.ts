// Stands where web-sha512.ts is used behind the web door: Node's door, loaded here, has SHA-512 anyway.
import './node.ts';
