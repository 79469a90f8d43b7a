/** The characters of a header name, RFC 9110 §5.6.2. */
export const headerName = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
