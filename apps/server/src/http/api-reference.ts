import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'

/** The billed calls as a page to read and to try, for teams without our types: Swagger UI over `/openapi.json`, all of it served by us. */
export function apiReference(): Hono {
  const app = new Hono()
  app.get('/', (c) => c.html(PAGE))
  app.get('/start.js', (c) => c.body(START, 200, { 'Content-Type': 'text/javascript' }))
  app.get('/swagger-ui.css', (c) =>
    sendAsset(c, import.meta.resolve('swagger-ui-dist/swagger-ui.css'), 'text/css'),
  )
  app.get('/swagger-ui.js', (c) =>
    sendAsset(c, import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'), 'text/javascript'),
  )
  return app
}

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>API reference · Tollgate</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/docs/api/swagger-ui.css">
  </head>
  <body>
    <main id="reference"></main>
    <script src="/docs/api/swagger-ui.js"></script>
    <script src="/docs/api/start.js"></script>
  </body>
</html>
`

/** A file of its own, because the page may run no script that stands in it. */
const START = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  displayRequestDuration: true,
  validatorUrl: null,
})
`

async function sendAsset(c: Context, address: string, type: string): Promise<Response> {
  const text = await readFile(new URL(address), 'utf8')
  return c.body(text, 200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Cache-Control': 'public, max-age=86400',
  })
}
