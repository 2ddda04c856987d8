import type { Database } from '@tollgate/database'
import { Hono } from 'hono'

/** `/healthz`: the process answers. `/readyz`: it can do its work, which is to say its database answers. */
export function health(options: { database: Database }): Hono {
  const app = new Hono()
  app.get('/healthz', (c) => c.json({ status: 'alive' }))
  app.get('/readyz', async (c) => {
    try {
      await options.database.query({ name: 'readyz', text: 'select 1 as ready' })
      return c.json({ status: 'ready' })
    } catch {
      return c.json({ status: 'not_ready', message: 'The database does not answer.' }, 503)
    }
  })
  return app
}
