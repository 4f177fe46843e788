import type { PlannedFile } from "../scaffold/init/plan.ts";

/** What to type now. */
export function renderInitNext(files: readonly PlannedFile[], isInstalled: boolean): string {
  const [config, tasks] = files;
  const isOurs = tasks?.text !== undefined;
  const isFoundByOther = config?.text === undefined && isOurs;
  return [
    "",
    ...(isFoundByOther ? [`\`npx taskq check\` tells whether ${config?.path} finds ${tasks.path}.`] : []),
    "Next:",
    ...(isInstalled ? [] : ["  npm install taskq"]),
    isOurs ? "  npx taskq run example.greet name=Ada" : "  npx taskq check",
    "  npx taskq dev",
  ].join("\n");
}
