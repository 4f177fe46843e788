import type { HttpAddress } from "../definition/resolved-config.ts";

/** Where the dashboard is served unless somebody says where: beside the port of a worker's probes, which `http` in the config means. */
export const dashboardAddress: HttpAddress = { host: "127.0.0.1", port: 7434 };
