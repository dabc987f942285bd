/** The style of the picture is imported as text; esbuild loads it so. */
declare module '*.css' {
  const text: string;
  export default text;
}
