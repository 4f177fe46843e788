import { workerOrder } from "./order.ts";

export default workerOrder("resume", "Let quiet workers take jobs again");
