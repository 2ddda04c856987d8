import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { HTTPException } from 'hono/http-exception'
import type { Metrics } from '../metrics/create-metrics.ts'
import { errorResponse } from './error-response.ts'

/** `GET /metrics` with the configured bearer token; the route does not exist without one. */
export function metricsRoute(options: { metrics: Metrics; token: string | undefined }): Hono {
  const { metrics, token } = options
  const app = new Hono()
  if (token === undefined) return app.get('/metrics', () => errorResponse('not_found'))
  app.get('/metrics', bearerAuth({ token }), async (c) => {
    const headers = { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }
    return c.body(await metrics.text(), 200, headers)
  })
  // `bearerAuth` refuses by throwing, which the surrounding server would log as an error.
  return app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse()
    throw error
  })
}
