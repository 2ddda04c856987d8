type Log = (fields: Record<string, unknown>, message: string) => void

/** What a component logs to; pino fits it as it is. */
export type Logger = { debug: Log; info: Log; warn: Log; error: Log }

/** Logs nothing. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
