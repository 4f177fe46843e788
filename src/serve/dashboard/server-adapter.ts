import type {
  AppControllerRoute,
  AppViewRoute,
  BullBoardQueues,
  IServerAdapter,
  UIConfig,
} from "@bull-board/api/typings/app";

/** What Bull Board tells a server to serve. */
export interface Told {
  queues: BullBoardQueues;
  viewsPath: string;
  staticPath: string;
  entry: AppViewRoute;
  routes: readonly AppControllerRoute[];
  uiConfig: UIConfig;
}

/** A server in Bull Board's eyes, which keeps what it is told. */
export function createServerAdapter(): { readonly adapter: IServerAdapter; readonly told: Told } {
  const told = {} as Told;
  const keep = (what: Partial<Told>) => {
    Object.assign(told, what);
    return adapter;
  };
  const adapter: IServerAdapter = {
    setQueues: (queues) => keep({ queues }),
    setViewsPath: (viewsPath) => keep({ viewsPath }),
    setStaticPath: (_route, staticPath) => keep({ staticPath }),
    setEntryRoute: (entry) => keep({ entry }),
    setErrorHandler: () => adapter, // its answers would hold what no output may show
    setApiRoutes: (routes) => keep({ routes }),
    setUIConfig: (uiConfig) => keep({ uiConfig }),
  };
  return { adapter, told };
}
