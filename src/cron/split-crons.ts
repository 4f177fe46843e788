/** The expressions that `joinCrons` has made one text of. */
export const splitCrons = (cron: string): string[] => cron.split(" | ");
