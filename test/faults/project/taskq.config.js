/** A project whose jobs write a ledger: see rig.ts. */
export default { app: "faults", concurrency: 20 };
