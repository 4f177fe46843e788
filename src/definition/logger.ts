/** Fields first, then the sentence; or the sentence alone. */
export interface LogMethod {
  (message: string): void;
  (fields: object, message?: string): void;
}

/** What taskq logs to, and what a handler gets as `log`: pino's shape. */
export interface Logger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}
