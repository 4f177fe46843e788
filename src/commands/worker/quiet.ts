import { workerOrder } from "./order.ts";

export default workerOrder("quiet", "Let workers take no more jobs, and finish those they run");
