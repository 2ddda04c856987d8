import { PlantedError } from './planted-error.ts'

/** What the server reported while a check ran. */
export type ServerError = { path: string | undefined; error: unknown }

/** Adds the server's error reports and their causes to a failed check: responses hide them, as they should. */
export function explainFailure(failure: unknown, reported: readonly ServerError[]): unknown {
  const lines = reported.map(describe).filter((line) => line !== null)
  if (!(failure instanceof Error) || lines.length === 0) return failure
  failure.message += `\n\nThe server reported:\n${[...new Set(lines)].join('\n')}`
  return failure
}

function describe({ path, error }: ServerError): string | null {
  const chain = causesOf(error)
  if (chain.some((cause) => cause instanceof PlantedError)) return null
  const [first, ...causes] = chain.map(inOneLine)
  // tRPC repeats the message of the error it wraps.
  const distinct = causes.filter((line) => line !== first)
  const place = placeOf(chain.at(-1))
  const more = [...distinct.map((line) => `caused by ${line}`), ...(place ? [`at ${place}`] : [])]
  return [`  ${path ?? 'the request'}: ${first}`, ...more.map((line) => `    ${line}`)].join('\n')
}

function causesOf(error: unknown): unknown[] {
  const chain: unknown[] = []
  for (let at = error; at !== undefined && at !== null && !chain.includes(at);) {
    chain.push(at)
    at = at instanceof Error ? at.cause : null
  }
  return chain
}

function inOneLine(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? `${String(error.code)}: ` : ''
  return `${error.name}: ${code}${error.message}`
}

/** The first stack frame that is neither Node's nor a dependency's. */
function placeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? []
  const own = frames.find((line) => !/node_modules|\(?node:/.test(line))
  return own ? own.replace(/^\s+at /, '') : null
}
