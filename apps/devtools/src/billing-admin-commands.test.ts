import { exec } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { BILLING_ADMIN_COMMANDS } from './billing-admin-commands.ts'

const ROOT = new URL('../../../', import.meta.url)
const GUIDE = new URL('../../docs/', import.meta.url)
const manifestSchema = z.object({ scripts: z.record(z.string(), z.string()) })
const argsOf = z.object({ args: z.record(z.string(), z.unknown()).default({}) })

/** Every use of `billing:admin` in the guide, with its command and options. `shards` has subcommands. */
const CALLS = readdirSync(GUIDE, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md') && !/node_modules|decisions|versions/u.test(file))
  .flatMap((file) => {
    const text = readFileSync(new URL(file, GUIDE), 'utf8')
    return [...text.matchAll(/pnpm billing:admin ([a-z-]+)([^`\n]*)/gu)].map(
      ([, command = '', rest = '']) => ({
        file,
        command,
        options: [...rest.matchAll(/--([a-z-]+)/gu)].map(([, option = '']) => option),
      }),
    )
  })

it('has every command and option that the guide names', () => {
  expect(CALLS.length).toBeGreaterThan(15)
  const commands = new Map<string, unknown>(Object.entries(BILLING_ADMIN_COMMANDS))
  const missing = CALLS.flatMap(({ file, command, options }) => {
    if (command === '--help') return []
    if (!commands.has(command)) return [`${file}: ${command}`]
    if (command === 'shards') return []
    const { args } = argsOf.parse(commands.get(command))
    return options
      .filter((option) => !(option in args))
      .map((option) => `${file}: ${command} --${option}`)
  })
  expect(missing).toEqual([])
})

// The commands' other tests run a bundle, which starts faster; this one runs the source.
it('are started by the script of the guide, from their source', { timeout: 60_000 }, async () => {
  const manifest = JSON.parse(readFileSync(new URL('package.json', ROOT), 'utf8'))
  const { scripts } = manifestSchema.parse(manifest)
  const { stdout } = await promisify(exec)(`${scripts['billing:admin']} --help`, {
    cwd: fileURLToPath(ROOT),
  })
  for (const command of Object.keys(BILLING_ADMIN_COMMANDS)) expect(stdout).toContain(command)
})
