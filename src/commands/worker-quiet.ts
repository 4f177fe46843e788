import { workerOrder } from "./worker-order.ts";

export default workerOrder("quiet", "Let workers take no more jobs, and finish those they run");
