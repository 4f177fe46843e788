import { escapeText } from "./escape.ts";

/** A question on one line, and what may be answered. */
export const renderQuestion = (question: string, answers: string): string => `${escapeText(question)} ${answers} `;
