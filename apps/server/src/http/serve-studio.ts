import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

/** Serves the built Studio: files as they are, hashed ones for ever, and its page for every other address. */
export function serveStudio(directory: string): Hono {
  const app = new Hono()
  const page = join(directory, 'index.html')
  app.use('/assets/*', async (c, next) => {
    await next()
    if (c.res.ok) c.header('Cache-Control', 'public, max-age=31536000, immutable')
  })
  app.get('*', serveStatic({ root: directory }))
  app.get('*', async (c) => {
    if (!existsSync(page)) {
      return c.text('The Studio is not built yet. Run: pnpm --filter @tollgate/web build', 404)
    }
    if (c.req.path.startsWith('/assets/')) return c.notFound()
    c.header('Cache-Control', 'no-cache')
    return c.html(await readFile(page, 'utf8'))
  })
  return app
}
