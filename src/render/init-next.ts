import type { PlannedFile } from "../scaffold/init/plan.ts";

/** What to type now. */
export function renderInitNext(files: readonly PlannedFile[], isInstalled: boolean): string {
  const [config, tasks] = files;
  const isFoundByOther = config?.text === undefined && tasks?.text !== undefined;
  return [
    "",
    ...(isFoundByOther ? [`\`npx taskq check\` tells whether ${config?.path} finds ${tasks.path}.`] : []),
    "Next:",
    ...(isInstalled ? [] : ["  npm install taskq"]),
    "  npx taskq run example.greet name=Ada",
    "  npx taskq dev",
  ].join("\n");
}
