/** What stands between the expressions of one schedule where they are one text. No field of an expression holds it. */
const separator = " | ";

/** Several expressions as one text: so they are stored, shown and compared. */
export const joinCrons = (expressions: readonly string[]): string => expressions.join(separator);
