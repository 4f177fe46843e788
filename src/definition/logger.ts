/** What taskq logs to. pino's shape: fields first, then the sentence. */
export interface Logger {
  readonly debug: (fields: object, message?: string) => void;
  readonly info: (fields: object, message?: string) => void;
  readonly warn: (fields: object, message?: string) => void;
  readonly error: (fields: object, message?: string) => void;
}
