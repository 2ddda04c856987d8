import { type ArgsDef, type CommandDef, defineCommand, type ParsedArgs } from 'citty'
import { readConfig } from '../config.ts'
import { type Backend, connectBackend } from './backend.ts'

/** The result of a command: data for `--json`, and text. */
export type CommandResult = { data: unknown; text: string }

const JSON_ARGUMENT = { json: { type: 'boolean', description: 'Print JSON' } } as const

/** Defines a command that calls the backend and prints the result as text, or with `--json` as JSON. */
export function defineBillingCommand<Args extends ArgsDef>(definition: {
  name: string
  description: string
  args: Args
  run(backend: Backend, args: ParsedArgs<Args & typeof JSON_ARGUMENT>): Promise<CommandResult>
}): CommandDef<Args & typeof JSON_ARGUMENT> {
  const { name, description, args, run } = definition
  return defineCommand({
    meta: { name, description },
    args: { ...args, ...JSON_ARGUMENT },
    async run(context) {
      const { data, text } = await run(connectBackend(readConfig()), context.args)
      const json = context.rawArgs.includes('--json')
      process.stdout.write(`${json ? JSON.stringify(data, null, 2) : text}\n`)
    },
  })
}
