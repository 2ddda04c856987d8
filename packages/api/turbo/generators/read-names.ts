import { nearestSlug } from '@tollgate/contract'
import { catalog } from '@tollgate/contract/catalog'
import { kebabCase } from './kebab-case.ts'
import { refuseName } from './refuse-name.ts'

/** What is generated, in every spelling that is needed. */
export type Names = {
  /** Group of the router: "text". */
  group: string
  /** Its folder: "text". */
  folder: string
  /** Name of the procedure: "shortenText". */
  name: string
  /** File without ending: "shorten-text". */
  file: string
  /** Full name: "text.shortenText". */
  path: string
  meter: string
}

const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/

/** Checks what was asked for; throws with what to write instead. */
export function readNames(answers: Record<string, unknown>): Names {
  const group = identifier('group', answers['group'])
  if (group === 'billing') {
    throw new Error('"billing" is the house\'s own group, which is free. Choose another group.')
  }
  const name = identifier('name', answers['name'])
  const meter = meterOf(answers['meter'])
  const [folder, file] = [kebabCase(group), kebabCase(name)]
  return { group, folder, name, file, path: `${group}.${name}`, meter }
}

function identifier(field: string, value: unknown): string {
  if (typeof value !== 'string' || !IDENTIFIER.test(value)) {
    throw new Error(
      `The ${field} "${String(value)}" must be in camelCase, letters from a to z and digits, such as "shortenText". ${USAGE}`,
    )
  }
  const reason = refuseName(value)
  if (reason === null) return value
  throw new Error(`The ${field} cannot be used: ${reason}. Choose another, such as "shortenText".`)
}

function meterOf(value: unknown): string {
  const meters = Object.keys(catalog.meters)
  if (typeof value === 'string' && meters.includes(value)) return value
  const nearest = nearestSlug(String(value), meters)
  const hint = nearest ? `Did you mean "${nearest}"?` : `There are ${meters.join(', ')}.`
  throw new Error(
    `"${String(value)}" is not a meter of pricing.yaml. ${hint} A new one: edit pricing.yaml, then \`pnpm pricing:gen\`. ${USAGE}`,
  )
}

const USAGE = 'Usage: pnpm gen billed-procedure <group> <name> <meter>'
