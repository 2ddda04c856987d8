type Log = (fields: Record<string, unknown>, message: string) => void

/** What a room may say to the operator; pino fits it as it is. */
export type Logger = { debug: Log; info: Log; warn: Log; error: Log }

/** Says nothing. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
