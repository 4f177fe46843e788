import type { Broker } from "../../broker/broker.ts";
import type { ResolvedConfig } from "../../definition/resolved-config.ts";
import { examine } from "./examine.ts";
import type { Finding } from "./finding.ts";
import { gatherFacts } from "./gather-facts.ts";

/** What `taskq doctor` prints. */
export interface Diagnosis {
  /** Where the broker is, without its password. */
  readonly broker: string;
  readonly errors: number;
  readonly warnings: number;
  /** Errors first. */
  readonly findings: readonly Finding[];
}

/** Looks at the live side: the broker, the queues, the workers. Changes nothing. */
export async function diagnose(broker: Broker, config: ResolvedConfig): Promise<Diagnosis> {
  const findings = examine(await gatherFacts(broker, config), broker.prefix);
  const count = (level: Finding["level"]) => findings.filter((finding) => finding.level === level).length;
  return { broker: broker.address, errors: count("error"), warnings: count("warning"), findings };
}
