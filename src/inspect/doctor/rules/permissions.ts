import type { Permissions } from "../../../broker/doctor/probe-permissions.ts";
import type { Finding, Rule } from "../finding.ts";

/** Only the check for workers of others needs it, and does without. */
const dispensable = ["client|list"];

/** Whether the user may do all that taskq needs. */
export const judgePermissions: Rule<Permissions & { readonly prefix: string }> = (permissions) => {
  const { user, commands, mayUseKeys, mayUseChannels, isWhole, prefix } = permissions;
  const missing = [
    ...commands.map((command) => `+${command}`),
    ...(mayUseKeys ? [] : [`~${prefix}:*`]),
    ...(mayUseChannels ? [] : [`&${prefix}:*`]),
  ];
  if (missing.length === 0) {
    return [
      { level: "ok", check: "permissions", what: `user ${user} may do all that is needed`, why: null, fix: null },
    ];
  }
  const isGrave = missing.some((rule) => !dispensable.includes(rule.slice(1)));
  const rest = isWhole ? "" : "; without MULTI the other commands cannot be asked for";
  return [
    {
      level: isGrave ? "error" : "warning",
      check: "permissions",
      what: `user ${user} lacks ${missing.join(" ")}${rest}`,
      why: isGrave
        ? "workers and calls fail at the first of them, perhaps in the middle of a script"
        : "workers of other programs on our queues are not seen",
      fix: `redis-cli ACL SETUSER ${user} ${missing.join(" ")}`,
    } satisfies Finding,
  ];
};
