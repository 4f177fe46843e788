import { workerOrder } from "./order.ts";

export default workerOrder("stop", "Close workers in good order, as SIGTERM does");
