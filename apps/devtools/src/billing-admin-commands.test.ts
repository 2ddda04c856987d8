import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { BILLING_ADMIN_COMMANDS } from './billing-admin-commands.ts'

const GUIDE = new URL('../../docs/', import.meta.url)
const argsOf = z.object({ args: z.record(z.string(), z.unknown()).default({}) })

/** Every call of `billing:admin` in the guide: its command and its options. Those of `shards` have commands of their own below them. */
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
