import { workerOrder } from "./worker-order.ts";

export default workerOrder("resume", "Let quiet workers take jobs again");
