import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Config } from '../config.ts'
import { CommandError } from './command-error.ts'

/** The timeout of a command; advancing the clock by months takes the longest. */
const TIMEOUT_MS = 60_000

/** The API of the running billing backend, as the command line uses it. */
export type Backend = {
  get<Answer extends z.ZodType>(path: string, answer: Answer): Promise<z.output<Answer>>
  post<Answer extends z.ZodType>(
    path: string,
    body: unknown,
    answer: Answer,
  ): Promise<z.output<Answer>>
}

/** The backend refused the request. */
class BackendRefusal extends CommandError {
  override readonly name = 'BackendRefusal'
  override readonly code: string
  override readonly exitCode = 1

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/** The backend does not run, or its key is missing. */
class BackendUnreachable extends CommandError {
  override readonly name = 'BackendUnreachable'
  override readonly code = 'UNREACHABLE'
  override readonly exitCode = 3
}

const refusal = z.object({ error: z.string(), code: z.string() })

/** Connects to the configured backend with the key that it stored on its first start. */
export function connectBackend(config: Pick<Config, 'url' | 'apiKey' | 'apiKeyFile'>): Backend {
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${config.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: config.apiKey ?? readKey(config.apiKeyFile),
        'content-type': 'application/json',
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }).catch((error: unknown) => {
      throw unreachable(config.url, error)
    })
    const answer: unknown = await response.json().catch(() => null)
    if (response.ok) return answer
    const refused = refusal.safeParse(answer)
    if (refused.success) throw new BackendRefusal(refused.data.code, refused.data.error)
    throw new BackendUnreachable(
      `${config.url} answered with ${response.status} and is no billing backend. Set BILLING_URL.`,
    )
  }
  return {
    get: async (path, answer) => answer.parse(await send('GET', path)),
    post: async (path, body, answer) => answer.parse(await send('POST', path, body)),
  }
}

function readKey(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new BackendUnreachable(
      `There is no API key in ${file}. Start the backend once, or set DATA_DIR or BILLING_API_KEY.`,
      { cause: error },
    )
  }
}

function unreachable(url: string, cause: unknown): BackendUnreachable {
  if (cause instanceof BackendUnreachable) return cause
  return new BackendUnreachable(
    `No billing backend at ${url}. Start it (pnpm dev), or set BILLING_PORT or BILLING_URL.`,
    { cause },
  )
}
