import diagnostics from 'node:diagnostics_channel'
import { fileURLToPath } from 'node:url'
import { startBillingServer, type BillingServer } from '@tollgate/ledger/http'
import { z } from 'zod'
import { handleRequests } from '../processes/handle-requests.ts'

const startSchema = z.object({ databaseUrl: z.string(), apiKeyFile: z.string() })

let backend: BillingServer | null = null
let requests = 0
// Node's diagnostics channel for every request that an HTTP server of this process receives.
diagnostics.subscribe('http.server.request.start', () => {
  requests += 1
})

handleRequests(
  {
    start: async (input) => {
      backend = await startBillingServer({
        ...startSchema.parse(input),
        port: 0,
        pricingPath: fileURLToPath(new URL('../../pricing.yaml', import.meta.url)),
      })
      return { url: backend.url, apiKey: backend.apiKey }
    },
    requests: () => requests,
  },
  async () => {
    await backend?.close()
  },
)
