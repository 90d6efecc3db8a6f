declare module "#words/*" {
  const sentences: readonly string[];
  export default sentences;
}
