import { Hono } from 'hono'
import { bearerAuth } from 'hono/bearer-auth'
import { HTTPException } from 'hono/http-exception'
import type { Metrics } from '../metrics/create-metrics.ts'

/** `GET /metrics` for whoever has the token; without a token in the configuration there is no such door. */
export function metricsDoor(options: { metrics: Metrics; token: string | undefined }): Hono {
  const { metrics, token } = options
  const app = new Hono()
  if (token === undefined) return app.get('/metrics', (c) => c.json(NOTHING_HERE, 404))
  app.get('/metrics', bearerAuth({ token }), async (c) => {
    const headers = { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' }
    return c.body(await metrics.text(), 200, headers)
  })
  // The guard says no by throwing, which the server around it would take for a fault.
  return app.onError((error) => {
    if (error instanceof HTTPException) return error.getResponse()
    throw error
  })
}

const NOTHING_HERE = { error: 'not_found', message: 'There is nothing here.' }
