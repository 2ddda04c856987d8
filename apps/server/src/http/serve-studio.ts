import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'
import { etag } from 'hono/etag'

/**
 * Serves the built Studio in the smallest precompressed encoding that the browser accepts: hashed files are cached for a year, the page is
 * revalidated with its ETag, and every other path gets the page.
 */
export function serveStudio(directory: string): Hono {
  const app = new Hono()
  const files = { root: directory, precompressed: true }
  app.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.ok) c.header('Cache-Control', 'public, max-age=31536000, immutable')
  })
  app.get('/assets/*', serveStatic(files), (c) => c.notFound())
  app.get('*', async (c, next) => {
    if (!existsSync(join(directory, 'index.html'))) {
      return c.text('The Studio is not built yet. Run: pnpm --filter @tollgate/web build', 404)
    }
    await next()
    c.header('Cache-Control', 'no-cache')
  })
  app.get('*', etag(), serveStatic(files), serveStatic({ ...files, path: 'index.html' }))
  return app
}
