import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readConfig } from './config.ts'
import { emailOf, PERSONA_PASSWORD, PERSONAS } from './seed/personas.ts'
import { seedPersona } from './seed/seed-persona.ts'

// `pnpm seed`: one account per state the Studio can show, on a server that runs with the self-hosted backend.
const config = readConfig()
const url = `http://127.0.0.1:${config.port}`
if (config.flowglad) fail('A seed is for the self-hosted backend; unset FLOWGLAD_SECRET_KEY.')
const running = await fetch(`${url}/readyz`).then(
  (response) => response.ok,
  () => false,
)
if (!running) fail(`No server is ready at ${url}. Start it first: npm start`)

const apiKey = readFileSync(join(config.dataDirectory, 'billing-api-key'), 'utf8').trim()
const billing = { url: `http://127.0.0.1:${config.billingPort}`, apiKey }
for (const persona of PERSONAS) {
  await seedPersona(persona, { url, billing })
  process.stdout.write(`  ${emailOf(persona).padEnd(28)} ${persona.shows}\n`)
}
process.stdout.write(`\n  Password of all: ${PERSONA_PASSWORD}. Sign in at ${url}\n`)

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
