import type { ShipFacts } from "./facts.ts";
import { graceSeconds } from "./grace.ts";
import { workerWords } from "./worker-words.ts";

/** Loading the files takes time beside the startup files. */
const loadingMs = 30_000;

/** A unit for systemd, hardened. */
export function generateSystemd(facts: ShipFacts): string {
  const { name, slug, user, directory, processes, shutdownTimeoutMs, startupTimeoutMs } = facts;
  const closing = `${shutdownTimeoutMs / 1_000} s`;

  return `# Made by \`taskq generate systemd\`.
[Unit]
Description=${oneLine(name)}: taskq workers
After=network-online.target
Wants=network-online.target
# A broker that is away for long is no reason to give up.
StartLimitIntervalSec=0

[Service]
Type=notify
# The worker itself tells systemd how it is. Where the optional package node-unix-socket is not installed, the program
# systemd-notify does, as a process of its own: then this has to be \`all\`.
NotifyAccess=main
User=${user}
WorkingDirectory=${oneLine(directory)}
EnvironmentFile=-/etc/${slug}.env
# The broker's URL from a file that only this service gets to read (systemd 250 or later):
#LoadCredential=broker-url:/etc/${slug}/broker-url
#Environment=TASKQ_BROKER_URL_FILE=%d/broker-url
ExecStart=${workerWords(facts).map(quote).join(" ")}
${processes === undefined ? "" : "# One process after another is replaced; no job is interrupted.\nExecReload=kill -HUP $MAINPID\n"}
# Startup files have their startupTimeout; the rest is for loading the project.
TimeoutStartSec=${Math.ceil((startupTimeoutMs + loadingMs) / 1_000)}
# Told of life only while the loop turns and the broker answers: a worker that stands still for longer starts anew.
WatchdogSec=180

# SIGTERM to the worker alone. It closes within its shutdownTimeout of ${closing} and two seconds: leave it that time.
KillMode=mixed
KillSignal=SIGTERM
TimeoutStopSec=${graceSeconds(shutdownTimeoutMs)}

# With --max-jobs, --max-time or --max-memory: \`always\`, for such an end is no failure.
Restart=on-failure
RestartSec=5
# A mistake in the config or the files does not go away by itself.
RestartPreventExitStatus=2

# A dump of the memory would hold secrets and args.
LimitCORE=0
NoNewPrivileges=yes
CapabilityBoundingSet=
# Name the folders that jobs write to with ReadWritePaths=.
ProtectSystem=strict
ProtectHome=${/^\/(home|root)(\/|$)/.test(directory) ? "read-only" : "yes"}
${hardening}

[Install]
WantedBy=multi-user.target
`;
}

const hardening = `ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
PrivateTmp=yes
PrivateDevices=yes
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallFilter=~@privileged
# A call that is refused is an error, not the end of the worker.
SystemCallErrorNumber=EPERM
UMask=0077
# No MemoryDenyWriteExecute: Node compiles as it runs.`;

/** \`%\` begins a specifier; a line break would begin another setting. */
const oneLine = (text: string) => text.replace(/\p{Cc}+/gu, " ").replaceAll("%", "%%");

function quote(word: string): string {
  const escaped = word.replace(/[\\"]/g, "\\$&").replaceAll("$", "$$$$");
  return /^[\w./:=@,+-]+$/.test(word) ? word : `"${oneLine(escaped)}"`;
}
