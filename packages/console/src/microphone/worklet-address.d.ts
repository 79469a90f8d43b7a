/** The address of a module, built for itself. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
