type Log = (fields: Record<string, unknown>, message: string) => void

/** The logger that components expect; a pino logger fits as it is. */
export type Logger = { debug: Log; info: Log; warn: Log; error: Log }

/** Logs nothing. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} }
