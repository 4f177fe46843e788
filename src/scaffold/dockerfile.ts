import type { ShipFacts } from "./facts.ts";
import { graceSeconds } from "./grace.ts";
import { taskqWords, workerWords } from "./worker-words.ts";

interface Installing {
  readonly prepare: string;
  readonly lockfile: string;
  readonly all: string;
  readonly production: string;
}

const installing: Readonly<Record<ShipFacts["packageManager"], Installing>> = {
  npm: { prepare: "", lockfile: "package-lock.json", all: "npm ci", production: "npm ci --omit=dev" },
  pnpm: {
    prepare: "RUN corepack enable\n",
    lockfile: "pnpm-lock.yaml",
    all: "pnpm install --frozen-lockfile",
    production: "pnpm install --frozen-lockfile --prod",
  },
};

/** An image in stages: what builds stays behind; a mistake in the project fails the build. */
export function generateDockerfile(facts: ShipFacts): string {
  const { nodeMajor, packageManager, outputFolder, httpPort, shutdownTimeoutMs } = facts;
  const { prepare, lockfile, production } = installing[packageManager];
  const http = httpPort === undefined ? [] : ["--http", String(httpPort)];
  const source =
    outputFolder === undefined ? "COPY . ." : `COPY --from=build ${exec([`/app/${outputFolder}`, outputFolder])}`;

  return `# Made by \`taskq generate dockerfile\`. A .dockerignore should name node_modules, .git and .env.
FROM node:${nodeMajor}-slim AS modules
WORKDIR /app
${prepare}COPY package.json ${lockfile} ./
RUN ${production}
${outputFolder === undefined ? "" : buildStage(facts)}
FROM node:${nodeMajor}-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=modules /app/node_modules node_modules
${outputFolder === undefined ? "" : "COPY package.json ./\n"}${source}
USER node
# Needs no broker. A mistake in the config or in a job file fails the build.
RUN ${exec(taskqWords(facts, "check"))}
${httpPort === undefined ? "" : `${healthCheck(httpPort)}\n`}# The worker closes at SIGTERM: \`docker stop --time ${graceSeconds(shutdownTimeoutMs)}\`, or stop_grace_period in Compose.
STOPSIGNAL SIGTERM
# No shell in between, which would keep the signal to itself.
CMD ${exec(workerWords(facts, ...http))}
`;
}

function buildStage({ nodeMajor, packageManager, builds, outputFolder }: ShipFacts): string {
  const { prepare, lockfile, all } = installing[packageManager];
  return `
FROM node:${nodeMajor}-slim AS build
WORKDIR /app
${prepare}COPY package.json ${lockfile} ./
RUN ${all}
COPY . .
RUN ${builds ? `${packageManager} run build` : exec(["node_modules/.bin/tsc", "--outDir", outputFolder!])}
`;
}

function healthCheck(port: number): string {
  const ask = `fetch("http://127.0.0.1:${port}/livez").then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))`;
  return `HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ${exec(["node", "-e", ask])}`;
}

/** The exec form is JSON, so that any name is safe in it. */
const exec = (words: readonly string[]) => `[${words.map((word) => JSON.stringify(word)).join(", ")}]`;
