// The door of Node has SHA-512 anyway; this file stands where web-sha512.ts stands behind the web door.
export {};
