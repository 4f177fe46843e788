import { workerOrder } from "./worker-order.ts";

export default workerOrder("stop", "Close workers in good order, as SIGTERM does");
