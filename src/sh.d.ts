/** Shell programs are imported as text; esbuild and vitest both load them so. */
declare module '*.sh' {
  const text: string;
  export default text;
}
