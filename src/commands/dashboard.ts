import { once } from "node:events";
import { dashboardAddress } from "./dashboard-address.ts";
import { defineCommand } from "./program/command.ts";

interface Options {
  readonly http?: string;
  readonly prefix?: string;
  readonly writable?: boolean;
  readonly allowHost?: readonly string[];
  readonly queue?: readonly string[];
}

export default defineCommand<Options>({
  usage: "dashboard",
  summary: "Serve a web page over every queue, with its jobs and schedules",
  examples: [
    "taskq dashboard",
    "taskq dashboard --http 8080 --writable",
    "taskq dashboard --prefix /admin/jobs --allow-host ops.example.com",
  ],
  options: [
    { flags: "--http <[host:]port>", description: "where it is served (default: 127.0.0.1:7434)" },
    { flags: "--prefix </path>", description: "the path it is served under (default: /)" },
    { flags: "--writable", description: "jobs can be retried, removed and so on (default: read-only)" },
    { flags: "--allow-host <host...>", description: "answer to these Host headers too: a proxy's" },
    { flags: "--queue <queue...>", description: "show these too: queues of others on which nobody works" },
  ],

  async run({ config: load, output, interrupted }, _args, { http, prefix, writable, allowHost = [], queue }) {
    const interruption = interrupted();
    const config = await load();
    const { serveDashboard } = await import("../service/serve-dashboard.ts");
    const address = http === undefined ? dashboardAddress : config.http!;
    const settings = { address, prefix, writable, allowHosts: allowHost, queues: queue };
    const { url, close } = await serveDashboard(config, settings);
    output.note(`${url} (${writable ? "writable" : "read-only"}), until Ctrl-C`);
    if (!interruption.aborted) await once(interruption, "abort");
    await close();
    return 0;
  },
});
