import type { Logger } from '@tollgate/contract'
import type { ListenerOptions } from '@tollgate/http'
import type { Config } from '../config.ts'
import { errorResponse } from './error-response.ts'
import { assetHeaders, securityHeaders } from './security-headers.ts'

/** The longest text of a call has 20 000 characters; this fits a batch of ten. */
const BODY_BYTES_MAX = 1_000_000
/** A few requests of the largest size, or thousands of typical ones. */
const TOTAL_BODY_BYTES_MAX = 32_000_000

/** How the server listens, with the headers of every response, health and metrics included. */
export function listenerOptions(
  config: Config,
  { checkoutOrigins, logger }: { checkoutOrigins: readonly string[]; logger: Logger },
): ListenerOptions {
  const https = config.publicUrl.startsWith('https:')
  const pages = securityHeaders({ checkoutOrigins, https })
  const calls = new Map([...pages, ['Cache-Control', 'no-store']])
  const assets = assetHeaders(pages)
  return {
    port: config.port,
    hostname: config.host,
    bodyBytesMax: () => BODY_BYTES_MAX,
    totalBodyBytesMax: TOTAL_BODY_BYTES_MAX,
    headers(path) {
      if (UNCACHED.test(path)) return calls
      return path.startsWith(ASSETS) ? assets : pages
    },
    requestIdHeader: 'X-Trace-Id',
    refuse(refusal) {
      switch (refusal) {
        case 'too_large':
          return errorResponse('too_large')
        case 'malformed':
          return errorResponse('bad_request')
        case 'overloaded':
        case 'starting':
          return errorResponse('busy')
      }
    },
    logger,
  }
}

/** Paths whose responses are never cached. */
const UNCACHED = /^\/(?:api|trpc)\/|^\/(?:healthz|readyz|metrics)\b/u

/** Paths that serve no documents: what is not found there is answered with plain text. */
const ASSETS = '/assets/'
