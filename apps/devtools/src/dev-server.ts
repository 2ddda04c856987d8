import { readConfig } from '@tollgate/server'
import { run } from '@tollgate/server/run'
import { createDevtools } from './create-devtools.ts'

// The server of `npm run dev`: the same one, watched, with a panel to call it as anybody.
const config = readConfig()
const url = `http://127.0.0.1:${config.port}`
const links = [
  { name: 'Studio', url: config.publicUrl },
  ...(config.flowglad
    ? []
    : [{ name: 'Billing console', url: `http://127.0.0.1:${config.billingPort}/console` }]),
]
process.stdout.write(`\n  Dev panel  ${url}/dev\n`)

await run(config, createDevtools({ url, links }).around)
