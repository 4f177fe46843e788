import { expect, test } from "vitest";
import { generateDockerfile } from "../../src/scaffold/dockerfile.ts";
import { facts } from "./facts.ts";

/** The instructions, without comments and blank lines. */
const instructionsOf = (text: string) => text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
const worker = '"node", "node_modules/taskq/dist/bin/taskq.js"';

test("a compiled project is built in a stage of its own, checked, and run as node", () => {
  expect(instructionsOf(generateDockerfile({ ...facts, builds: true }))).toEqual([
    "FROM node:22-slim AS modules",
    "WORKDIR /app",
    "COPY package.json package-lock.json ./",
    "RUN npm ci --omit=dev",
    "FROM node:22-slim AS build",
    "WORKDIR /app",
    "COPY package.json package-lock.json ./",
    "RUN npm ci",
    "COPY . .",
    "RUN npm run build",
    "FROM node:22-slim",
    "ENV NODE_ENV=production",
    "WORKDIR /app",
    "COPY --from=modules /app/node_modules node_modules",
    "COPY package.json ./",
    'COPY --from=build ["/app/dist", "dist"]',
    "USER node",
    `RUN [${worker}, "check", "--config", "dist/taskq.config.js"]`,
    "STOPSIGNAL SIGTERM",
    `CMD [${worker}, "run-worker", "--config", "dist/taskq.config.js"]`,
  ]);
});

test("without a build script the compiler is called", () => {
  expect(instructionsOf(generateDockerfile(facts))).toContain('RUN ["node_modules/.bin/tsc", "--outDir", "dist"]');
});

test("sources run as they are, without a stage that builds", () => {
  const lines = instructionsOf(generateDockerfile({ ...facts, configFile: undefined, outputFolder: undefined }));

  expect(lines.filter((line) => line.startsWith("FROM"))).toEqual([
    "FROM node:22-slim AS modules",
    "FROM node:22-slim",
  ]);
  expect(lines).toContain("COPY . .");
  expect(lines.at(-1)).toBe(`CMD [${worker}, "run-worker"]`);
});

test("pnpm installs where its lockfile lies", () => {
  const lines = instructionsOf(generateDockerfile({ ...facts, packageManager: "pnpm", builds: true }));

  expect(lines).toContain("COPY package.json pnpm-lock.yaml ./");
  expect(lines).toContain("RUN pnpm install --frozen-lockfile --prod");
  expect(lines).toContain("RUN pnpm run build");
  expect(lines.join("\n")).not.toContain("npm ci");
});

test("with HTTP the worker serves its health, and the image asks for it", () => {
  const lines = instructionsOf(generateDockerfile({ ...facts, httpPort: 7433 }));
  const check = lines.find((line) => line.startsWith("HEALTHCHECK"))!;
  const [program, flag, script] = JSON.parse(check.slice(check.indexOf("["))) as string[];

  expect(lines.at(-1)).toMatch(/"run-worker", .*"--http", "7433"\]$/);
  expect([program, flag]).toEqual(["node", "-e"]);
  expect(script).toContain('fetch("http://127.0.0.1:7433/livez")');
  expect(generateDockerfile(facts)).not.toContain("HEALTHCHECK");
});

test("the time to stop in is the config's", () => {
  expect(generateDockerfile({ ...facts, shutdownTimeoutMs: 90_000 })).toContain("docker stop --time 95");
});

test("a name with spaces and quotes stays one word", () => {
  const configFile = 'my "out" put/taskq.config.js';
  const lines = instructionsOf(generateDockerfile({ ...facts, configFile, outputFolder: 'my "out" put' }));

  expect(JSON.parse(lines.at(-1)!.slice("CMD ".length)).at(-1)).toBe(configFile);
  expect(lines).toContain('COPY --from=build ["/app/my \\"out\\" put", "my \\"out\\" put"]');
});
