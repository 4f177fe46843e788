#!/usr/bin/env node
import { main } from "../src/commands/program/main.ts";

// A closed pipe (`taskq stats | head -1`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
});

const { stdout, stderr, stdin } = process;
process.exit(await main(process.argv.slice(2), { cwd: process.cwd(), stdout, stderr, stdin }));
