import type { Delivery } from "./delivery.ts";
import { wentBack } from "./outcomes.ts";

/** A paused worker still gets what its pending read brings: it goes back as if it had never been taken. */
export async function handBack(delivery: Delivery): Promise<never> {
  await delivery.putBack();
  throw wentBack();
}
