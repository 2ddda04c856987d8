import { nearestSlug } from '@tollgate/contract'
import { withDatabase } from '@tollgate/metering/cli'
import { readConfig, selfHostedBackend } from '@tollgate/server'
import { emailOf, type Persona, PERSONA_PASSWORD, PERSONAS } from './seed/personas.ts'
import { openPersonaSession } from './seed/persona-session.ts'
import { verifyPersona } from './seed/verify-persona.ts'
import { seedPersona } from './seed/seed-persona.ts'

// `pnpm seed [persona …]`: one account per state of the Studio, on a server that runs with the self-hosted backend.
const config = readConfig()
const url = `http://127.0.0.1:${config.port}`
if (config.flowglad) fail('A seed is for the self-hosted backend; unset FLOWGLAD_SECRET_KEY.')
const running = await fetch(`${url}/readyz`).then(
  (response) => response.ok,
  () => false,
)
if (!running) fail(`No server is ready at ${url}. Start it first: npm start`)

const { baseUrl, apiKey } =
  selfHostedBackend(config) ??
  fail(`${config.dataDirectory} is not where the server keeps its data.`)
const billing = { url: baseUrl, apiKey }
const chosen = choosePersonas(process.argv.slice(2))
for (const persona of chosen) {
  const session = await openPersonaSession(url, persona)
  const account = { 'database-url': config.databaseUrl }
  await withDatabase(account, (server) => verifyPersona(server, persona))
  await seedPersona(persona, { session, billing, withMetering: (work) => withDatabase({}, work) })
  process.stdout.write(`  ${emailOf(persona).padEnd(28)} ${persona.shows}\n`)
}
process.stdout.write(`\n  Password of all: ${PERSONA_PASSWORD}. Sign in at ${config.publicUrl}\n`)
for (const { name, shows } of PERSONAS.filter((persona) => !chosen.includes(persona))) {
  process.stdout.write(`  Not seeded: ${name}, ${shows}. Seed it with: pnpm seed ${name}\n`)
}
if (chosen.some(({ owes }) => owes)) {
  process.stdout.write(
    "  The billing backend's clock has moved to the renewal, for every customer.\n",
  )
}

function choosePersonas(names: readonly string[]): Persona[] {
  if (names.length === 0) return PERSONAS.filter(({ owes, historyDays }) => !owes && !historyDays)
  return names.map((name) => {
    const persona = PERSONAS.find((candidate) => candidate.name === name)
    const known = PERSONAS.map((candidate) => candidate.name)
    const nearest = nearestSlug(name, known)
    const hint = nearest ? `Did you mean "${nearest}"?` : `There are ${known.join(', ')}.`
    return persona ?? fail(`There is no persona "${name}". ${hint}`)
  })
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
