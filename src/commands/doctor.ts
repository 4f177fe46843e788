import { renderDiagnosis } from "../render/diagnosis.ts";
import { defineCommand } from "./program/command.ts";

export default defineCommand({
  usage: "doctor",
  summary: "Look for trouble: the broker, the queues, the workers; 1 if there is an error",
  examples: ["taskq doctor", "taskq doctor --json", "taskq doctor --broker redis://10.0.0.5"],

  async run({ broker, config, output }) {
    const { diagnose } = await import("../inspect/doctor/diagnose.ts");
    const diagnosis = await diagnose(await broker(), await config());
    output.data(diagnosis, (look) => renderDiagnosis(diagnosis, look));
    return diagnosis.errors > 0 ? 1 : 0;
  },
});
