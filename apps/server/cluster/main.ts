import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startCluster } from './start-cluster.ts'

// `pnpm start:cluster`: two servers, one billing backend and one PostgreSQL behind HAProxy, until Ctrl-C.
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3000' },
    data: {
      type: 'string',
      default: fileURLToPath(new URL('../../../.data-cluster', import.meta.url)),
    },
  },
})
const STUDIO = fileURLToPath(new URL('../../web/dist/index.html', import.meta.url))

await mkdir(values.data, { recursive: true, mode: 0o700 })
const port = Number(values.port)
const cluster = await startCluster({
  folder: values.data,
  ports: { public: port, servers: [port + 1, port + 2], billing: port + 100 },
})
const [a, b] = cluster.servers
process.stdout.write(
  [
    '',
    `  HAProxy  ${cluster.url}${existsSync(STUDIO) ? '' : '   (no Studio: pnpm --filter @tollgate/web run build)'}`,
    `  Servers  ${a.url}  ${b.url}`,
    `  Billing  ${cluster.billingBackend.url}/console`,
    '',
    '  Ctrl-C stops all of them; nothing is lost.',
    '',
    '',
  ].join('\n'),
)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
await cluster.stop()
process.exit()
