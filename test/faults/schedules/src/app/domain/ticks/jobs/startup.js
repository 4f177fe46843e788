import { openSync } from "node:fs";

export default async function openLedger() {
  return { ledger: openSync(process.env.LEDGER, "a") };
}
