const tidying = new Set<() => void>();

process.on("exit", () => {
  for (const tidy of tidying) tidy();
});

/** For what must not outlive this process, however it ends short of SIGKILL. Returns how to take it back. */
export function atExit(tidy: () => void): () => void {
  tidying.add(tidy);
  return () => void tidying.delete(tidy);
}
