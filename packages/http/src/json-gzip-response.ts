import { type IncomingMessage, type OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { constants, gzipSync } from 'node:zlib'

/** Below this size, compression does not save packets. */
const BYTES_MIN = 1024
const OPTIONS = { level: constants.Z_BEST_SPEED }

/**
 * Compresses a JSON response that is written in one piece and larger than a kilobyte, if the client accepts gzip: synchronously, because
 * a compression stream costs more than ten times as much. Everything else, including streams and images, passes unchanged.
 */
export class JsonGzipResponse<
  Request extends IncomingMessage = IncomingMessage,
> extends ServerResponse<Request> {
  /** Buffered until the body is written. */
  #head: { status: number; headers: OutgoingHttpHeaders } | null = null

  override writeHead(status: number, ...rest: unknown[]): this {
    const [headers] = rest
    if (rest.length === 1 && isHeaders(headers) && isLargeJson(headers)) {
      this.#head = { status, headers: { ...headers, vary: varyOf(headers) } }
      return this
    }
    Reflect.apply(super.writeHead, this, [status, ...rest])
    return this
  }

  override end(...rest: unknown[]): this {
    const [body] = rest
    if (this.#head && isBody(body) && acceptsGzip(this.req)) this.#compress(body)
    else {
      this.#release()
      Reflect.apply(super.end, this, rest)
    }
    return this
  }

  override write(...rest: unknown[]): boolean {
    this.#release()
    return Reflect.apply(super.write, this, rest) === true
  }

  override flushHeaders(): void {
    this.#release()
    super.flushHeaders()
  }

  #compress(body: string | Uint8Array): void {
    const compressed = gzipSync(body, OPTIONS)
    if (this.#head) {
      const { headers } = this.#head
      for (const name of Object.keys(headers)) {
        if (name.toLowerCase() === 'content-length') delete headers[name]
      }
      headers['content-encoding'] = 'gzip'
      headers['content-length'] = compressed.byteLength
    }
    this.#release()
    super.end(compressed)
  }

  #release(): void {
    const head = this.#head
    this.#head = null
    if (head) super.writeHead(head.status, head.headers)
  }
}

function isHeaders(value: unknown): value is OutgoingHttpHeaders {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isBody(value: unknown): value is string | Uint8Array {
  return typeof value === 'string' || value instanceof Uint8Array
}

function isLargeJson(headers: OutgoingHttpHeaders): boolean {
  const type = headerOf(headers, 'content-type')
  return (
    typeof type === 'string' &&
    /^application\/json\b/iu.test(type) &&
    Number(headerOf(headers, 'content-length')) >= BYTES_MIN &&
    headerOf(headers, 'content-encoding') === undefined
  )
}

function varyOf(headers: OutgoingHttpHeaders): string {
  const already = headerOf(headers, 'vary')
  return already === undefined ? 'Accept-Encoding' : `${String(already)}, Accept-Encoding`
}

/** Header names may have any case. */
function headerOf(headers: OutgoingHttpHeaders, wanted: string) {
  for (const [name, value] of Object.entries(headers)) {
    if (name.length === wanted.length && name.toLowerCase() === wanted) return value
  }
  return undefined
}

function acceptsGzip({ headers, method }: IncomingMessage): boolean {
  const accepted = headers['accept-encoding']
  if (method === 'HEAD' || typeof accepted !== 'string') return false
  return accepted.split(',').some((encoding) => GZIP.test(encoding))
}

/** Does not match `gzip;q=0`, which refuses it. */
const GZIP = /^\s*gzip\s*(?:;(?!\s*q=0(?:\.0*)?\s*$)|$)/iu
